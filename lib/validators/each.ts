import type { Validator, ValueProblem } from "../terraform-plugin/schema";
import { noElement } from "./errors";

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

/** Applies a validator to every value of a map; the problem names the key. */
export function eachValue<T>(validator: Validator<T>): Validator<Record<string, T>> {
  return {
    describes: `each ${validator.describes}`,
    check: (values) =>
      first(
        Object.entries(values).map(([key, value]) => {
          const problem = validator.check(value);
          return problem && { ...problem, summary: `${problem.summary} (key "${key}")` };
        }),
      ),
  };
}

/** Refuses an empty set or list where one would mean nothing. `what` is its element: "receiver". */
export function atLeastOne<T>(what: string): Validator<T[]> {
  return {
    describes: `at least one ${what}`,
    check: (values) => (values.length > 0 ? undefined : noElement(what)),
  };
}

const first = (problems: readonly (ValueProblem | undefined)[]): ValueProblem | undefined =>
  problems.find((problem) => problem !== undefined);
