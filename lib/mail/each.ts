import type { Validator } from "../terraform-plugin/schema";
import { noElement } from "./errors";

/** Every element of a list or set must satisfy the validator; the first that does not is reported with its value. */
export function each<T>(element: Validator<T>): Validator<T[]> {
  return {
    describes: `each ${element.describes}`,
    check(values) {
      for (const value of values) {
        const problem = element.check(value);
        if (problem) return problem;
      }
      return undefined;
    },
  };
}

/** A list or set with something in it. */
export const atLeastOne: Validator<string[]> = {
  describes: "at least one",
  check: (values) => (values.length === 0 ? noElement() : undefined),
};
