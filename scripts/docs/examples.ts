import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** What has a reference page and an example: the folder of its examples, and the name of the file in it. */
const KINDS = {
  resource: ["resources", "resource"],
  "data source": ["data-sources", "data-source"],
  "ephemeral resource": ["ephemeral-resources", "ephemeral-resource"],
  action: ["actions", "action"],
  function: ["functions", "function"],
} as const;

export type Kind = keyof typeof KINDS;

/** The same in both languages; each is whole, so that it can be copied into an empty folder. */
export interface Example {
  readonly hcl: string;
  readonly typescript: string;
}

const ROOT = resolve(__dirname, "../../examples");

/** The example of a type: `examples/resources/outbound_vrops_plugin/resource.tf`, and `.ts` beside it. */
export function exampleOf(kind: Kind, type: string): Example {
  const [folder, name] = KINDS[kind];
  const read = (extension: string): string => {
    const path = join(ROOT, folder, type, `${name}.${extension}`);
    if (!existsSync(path)) {
      throw new Error(
        `${path} is missing: every ${kind} has an example in HCL and in TypeScript, which its page shows.`,
      );
    }
    return readFileSync(path, "utf8").trimEnd();
  };
  return { hcl: read("tf"), typescript: read("ts") };
}

/** An example of nothing would be shown nowhere, and rot: what was renamed, or is gone. */
export function refuseStrayExamples(known: Readonly<Record<Kind, readonly string[]>>): void {
  const stray = Object.entries(KINDS).flatMap(([kind, [folder]]) =>
    readdirSync(join(ROOT, folder))
      .filter((type) => !known[kind as Kind].includes(type))
      .map((type) => `examples/${folder}/${type}`),
  );
  if (stray.length > 0) throw new Error(`examples of types that do not exist: ${stray.join(", ")}`);
}
