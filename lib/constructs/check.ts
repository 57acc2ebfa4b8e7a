import { ProblemError, type Problem } from "../core/problem";
import type { Validator } from "../terraform-plugin/schema";
import { lineBreak, lostNumber, missingProp, wrongType } from "./errors";
import { isReference } from "./synthesis";
import { hasLostNumber } from "./text";

/** Checks of value objects: they throw where the value is made, so that the stack trace points at the mistake. */

/** Throws when a known value is refused; a value that only Terraform knows is checked later. */
export function check<T extends string | number>(
  value: T,
  where: string,
  ...validators: readonly Validator<NoInfer<T>>[]
): T {
  if (isReference(value)) return value;
  if (value === undefined || value === null) throw new ProblemError(missingProp(where));
  if (typeof value === "string" && hasLostNumber(value)) throw new ProblemError(lostNumber(where));
  for (const validator of validators) {
    const problem = validator.check(value);
    if (problem !== undefined) throw new ProblemError({ ...problem, path: [where] });
  }
  return value;
}

/** Checks a text that becomes part of a mail header. */
export function checkLine(value: string | undefined, where: string): string | undefined {
  if (value === undefined || isReference(value)) return value;
  if (typeof value !== "string") refuse({ ...wrongType(typeof value, "string"), path: [where] });

  if (hasLostNumber(value)) refuse(lostNumber(where));
  if (/[\x00-\x1f\x7f]/.test(value)) refuse(lineBreak(where));
  return value;
}

export function refuse(...problems: Problem[]): never {
  throw new ProblemError(...problems);
}
