import { ProblemError } from "../lib";
import type { Variables } from "./environment";

/** A variable that an environment cannot do without. */
export function required(variables: Variables, name: string, fix: string): string {
  const value = variables[name];
  if (value !== undefined && value !== "") return value;
  throw new ProblemError({
    code: "stacks/variable-missing",
    severity: "error",
    summary: `The environment variable ${name} is not set`,
    got: "nothing",
    expected: "a value",
    fix,
  });
}
