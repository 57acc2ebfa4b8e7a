import type { Validator } from "../../terraform-plugin/schema";

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
