import { ProblemError } from "../core/problem";
import { literalSecret } from "./errors";
import type { Secret } from "./secret";

/** The same in every copy of this package that a program may have loaded. */
export const SECRET_MARK = Symbol.for("cdktf-outbound/Secret");

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET_MARK in value;
}

/** Throws when a secret is a literal: types forbid it, `as never` and plain JavaScript do not. */
export function assertSecret(value: unknown, where: string): asserts value is Secret {
  if (!isSecret(value)) throw new ProblemError(literalSecret(where));
}

/** Stands for a secret where only that it is given counts. */
export const GIVEN = "(secret)";
