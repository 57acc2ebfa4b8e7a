import type { Problem } from "../core/problem";

/** An error of the constructs, its code prefixed. */
export const constructError = (code: string, parts: Omit<Problem, "code" | "severity">): Problem => ({
  code: `constructs/${code}`,
  severity: "error",
  ...parts,
});
