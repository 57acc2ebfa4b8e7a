import { ProblemError } from "../core/problem";
import { literalSecret } from "./secret.errors";
import type { Secret } from "./secret";

/** A global symbol, so that it is the same in every copy of this package that a program has loaded. */
export const SECRET_MARK = Symbol.for("cdktf-outbound/Secret");

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET_MARK in value;
}

/** Throws when a secret is a literal: the types forbid it, but `as never` and plain JavaScript do not. */
export function assertSecret(value: unknown, where: string): asserts value is Secret {
  if (!isSecret(value)) throw new ProblemError(literalSecret(where));
}

/** Stands for a secret where only its presence matters. */
export const GIVEN = "(secret)";
