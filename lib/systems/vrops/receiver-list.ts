import type { Validator } from "../../terraform-plugin/schema";

/**
 * A receiver without a semicolon: vROps keeps receivers as one text, separated by semicolons, so a quoted local part must
 * not contain one.
 */
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
