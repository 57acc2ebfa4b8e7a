import type { Validator } from "../../terraform-plugin/schema";

/** Refuses line breaks: in a mail setting they would start a header or a command of their own. */
export const singleLine: Validator<string> = {
  describes: "a single line",
  check: (value) =>
    /[\r\n\0]/.test(value)
      ? {
          code: "vrops/line-break",
          severity: "error",
          summary: "The text contains a line break",
          got: JSON.stringify(value),
          expected: "one line of text",
          fix: "Remove the line break (CR, LF or NUL). In mail settings it could add headers or commands of its own.",
        }
      : undefined,
};

/** The same for secrets, which must not be quoted. */
export const singleLineSecret: Validator<string> = {
  describes: "a single line",
  check: (value) => {
    const problem = singleLine.check(value);
    return problem && { ...problem, got: "a secret with a line break" };
  },
};

/** Applies a validator to every element of a set or list; the first problem is reported. */
export function each<T>(validator: Validator<T>): Validator<T[]> {
  return {
    describes: `each ${validator.describes}`,
    check: (values) => {
      for (const value of values) {
        const problem = validator.check(value);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** Applies a validator to every value of a map; the problem names the key. */
export function eachValue<T>(validator: Validator<T>): Validator<Record<string, T>> {
  return {
    describes: `each ${validator.describes}`,
    check: (values) => {
      for (const [key, value] of Object.entries(values)) {
        const problem = validator.check(value);
        if (problem !== undefined) return { ...problem, summary: `${problem.summary} (key "${key}")` };
      }
      return undefined;
    },
  };
}

/** Refuses an empty set or map where one would mean nothing. */
export function atLeastOne<T>(what: string): Validator<T[]> {
  return {
    describes: `at least one ${what}`,
    check: (values) =>
      values.length > 0
        ? undefined
        : {
            code: "vrops/empty-set",
            severity: "error",
            summary: `The set of ${what}s is empty`,
            got: "[]",
            expected: `at least one ${what}`,
            fix: `Name at least one ${what}, or remove the resource.`,
          },
  };
}

/** vROps keeps receivers as one text, separated by semicolons: a quoted local part may hold one, a receiver here not. */
export const withoutSeparator: Validator<string> = {
  describes: "without a semicolon",
  check: (value) =>
    value.includes(";")
      ? {
          code: "vrops/separator-in-address",
          severity: "error",
          summary: "vROps cannot keep this address: it separates receivers by semicolons",
          got: JSON.stringify(value),
          fix: "Use an address without a semicolon.",
        }
      : undefined,
};
