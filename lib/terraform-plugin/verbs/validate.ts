import type { Problem } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import type { DynamicValue } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import { validateConfig } from "../validate";
import type { ValueObject } from "../values";
import { writeOnlyPaths } from "../write-only";

/** Handles ValidateResourceConfig, ValidateDataResourceConfig and ValidateEphemeralResourceConfig. */
export function validate(
  engine: Engine,
  entry: Registered<unknown>,
  config: DynamicValue | null,
  writeOnlyAllowed: boolean,
) {
  const scope = new Scope(engine, entry.schema.attributes);
  try {
    const value = decodeObject(engine, entry, config);
    if (value !== null) {
      scope.problems.push(...validateConfig(entry.schema, value));
      if (!writeOnlyAllowed) scope.problems.push(...writeOnlyProblems(entry, value));
    }
  } catch (error) {
    scope.problems.push(...problemsOf(error, `validate ${entry.schema.type}`));
  }
  return { diagnostics: scope.diagnostics() };
}

function writeOnlyProblems(entry: Registered<unknown>, config: ValueObject): Problem[] {
  return writeOnlyPaths(entry.schema.attributes, config).map((path) => ({
    code: "terraform/too-old-for-write-only",
    severity: "error",
    summary: "This terraform would write the secret into its state",
    path,
    expected: "terraform 1.11 or newer, or OpenTofu 1.11 or newer (write-only attributes)",
    fix: "Upgrade terraform.",
  }));
}
