import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "cdktf-provider-outbound";
import type { EnvironmentFile, OutboundEnvironment, Variables } from "./environment";

const DIRECTORY = join(__dirname, "environments");

/** The names of the environments that can be deployed: the files in `environments/` without the examples. */
export function environmentNames(directory = DIRECTORY): string[] {
  return readdirSync(directory)
    .map((file) => /^([\w-]+)\.[jt]s$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

/**
 * Loads the environment of this name.
 *
 * @throws `stacks/unknown-environment` naming those that exist.
 */
export function loadEnvironment(name: string, variables: Variables, directory = DIRECTORY): OutboundEnvironment {
  const names = environmentNames(directory);
  if (!names.includes(name)) {
    throw new ProblemError({
      code: "stacks/unknown-environment",
      severity: "error",
      summary: `There is no environment "${name}"`,
      got: name,
      expected: `one of ${names.join(", ")}`,
      fix: `Set OUTBOUND_ENVIRONMENT to one of them, or add the file stacks/environments/${name}.ts; production.example.ts shows how.`,
    });
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the chosen file is loaded: others may need variables that are not set
  const file = require(join(directory, name)) as { default: EnvironmentFile };
  return file.default(variables);
}
