import type { Validator } from "../../terraform-plugin/schema";

/** Applies a validator to every element of a set or list; the first problem is reported. */
export function each<T>(validator: Validator<T>): Validator<T[]> {
  return {
    describes: `each ${validator.describes}`,
    check: (values) => first(values.map((value) => validator.check(value))),
  };
}

/** Applies a validator to every key of a map. */
export function eachKey<T>(validator: Validator<string>): Validator<Record<string, T>> {
  return {
    describes: `each key ${validator.describes}`,
    check: (values) => first(Object.keys(values).map((key) => validator.check(key))),
  };
}

const first = <P>(problems: readonly (P | undefined)[]): P | undefined =>
  problems.find((problem) => problem !== undefined);
