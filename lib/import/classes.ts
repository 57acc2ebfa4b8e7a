import { PROVIDER_NAME } from "../package/identity";

/** Terraform type to the name of the construct class, from what the package exports. Loads CDKTF. */
export async function constructClasses(): Promise<ReadonlyMap<string, string>> {
  const library: Readonly<Record<string, unknown>> = await import("../index");
  return new Map(
    Object.entries(library).flatMap(([name, exported]): [string, string][] => {
      const type =
        typeof exported === "function" ? (exported as { tfResourceType?: unknown }).tfResourceType : undefined;
      return typeof type === "string" && type.startsWith(`${PROVIDER_NAME}_`) && !name.startsWith("Data")
        ? [[type, name]]
        : [];
    }),
  );
}
