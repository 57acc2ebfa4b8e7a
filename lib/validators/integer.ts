import { approximately, isWhole, type AnyNumber } from "../terraform-plugin/numbers";
import type { Validator } from "../terraform-plugin/schema";
import { Decimal } from "../terraform-plugin/values";
import { notAnInteger, outOfRange } from "./errors";

/** A whole number, both bounds inclusive. */
export function integer(bounds: { readonly min?: number; readonly max?: number } = {}): Validator<AnyNumber> {
  const { min, max } = bounds;
  const describes =
    min !== undefined && max !== undefined
      ? `a whole number from ${min} to ${max}`
      : min !== undefined
        ? `a whole number, at least ${min}`
        : max !== undefined
          ? `a whole number, at most ${max}`
          : "a whole number";
  return {
    describes,
    check(value) {
      if (!isWhole(value)) return notAnInteger(value, describes);
      // JavaScript compares `number` and `bigint` exactly; a `Decimal` is outside all bounds.
      const size = value instanceof Decimal ? approximately(value) : value;
      if (min !== undefined && size < min) return outOfRange(value, describes, min);
      if (max !== undefined && size > max) return outOfRange(value, describes, max);
      return undefined;
    },
  };
}
