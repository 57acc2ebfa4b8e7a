import { readFileSync } from "node:fs";

/**
 * The variables of a synthesised stack that have no value. `cdktf deploy` prompts for them, and waits for ever without
 * a user; so an unattended run checks first.
 */
export function missingVariables(
  stackFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const { variable = {} } = JSON.parse(readFileSync(stackFile, "utf8")) as {
    variable?: Record<string, { default?: unknown }>;
  };
  return Object.entries(variable)
    .filter(([name, { default: preset }]) => preset === undefined && environment[`TF_VAR_${name}`] === undefined)
    .map(([name]) => `TF_VAR_${name}`);
}
