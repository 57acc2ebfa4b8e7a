import { PROVIDER_NAME } from "../package/identity";
import { LIBRARIES, type Library } from "../package/libraries";

/** Maps Terraform types to the construct classes that the package exports. Loads CDKTF, or CDK Terrain. */
export async function constructClasses(name: Library["name"]): Promise<ReadonlyMap<string, string>> {
  const library: Readonly<Record<string, unknown>> =
    name === "cdktf" ? await import("../index") : await import(LIBRARIES[name].entry);
  return new Map(
    Object.entries(library).flatMap(([className, exported]): [string, string][] => {
      const type =
        typeof exported === "function" ? (exported as { tfResourceType?: unknown }).tfResourceType : undefined;
      return typeof type === "string" && type.startsWith(`${PROVIDER_NAME}_`) && !className.startsWith("Data")
        ? [[type, className]]
        : [];
    }),
  );
}
