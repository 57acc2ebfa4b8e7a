import type { Validator } from "../terraform-plugin/schema";
import { notAnInteger, outOfRange } from "./errors";

/** A whole number, both bounds inclusive. */
export function integer(bounds: { readonly min?: number; readonly max?: number } = {}): Validator<number> {
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
      if (!Number.isInteger(value)) return notAnInteger(value, describes);
      if (min !== undefined && value < min) return outOfRange(value, describes, min);
      if (max !== undefined && value > max) return outOfRange(value, describes, max);
      return undefined;
    },
  };
}
