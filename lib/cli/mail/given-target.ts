import { Option } from "commander";
import { OPTION_OF } from "./option-names";
import type { MailOptions } from "./options";

/**
 * Options that say what to test, and have no place beside a plan or stack, which says it already: all that stand for an
 * attribute. Where a password is, nothing but the command line says.
 */
const OF_THE_TARGET = [...new Set(Object.values(OPTION_OF))].filter(
  (option) => option.startsWith("--") && !option.endsWith("-password-environment"),
);

/** The first of these that was given, as it is written on the command line. */
export function givenOfTarget(options: MailOptions): string | undefined {
  const given: Readonly<Record<string, unknown>> = { ...options };
  return OF_THE_TARGET.find((option) => {
    const value = given[new Option(option).attributeName()];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}
