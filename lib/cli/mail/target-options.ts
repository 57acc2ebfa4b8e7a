import { Option } from "commander";
import { OPTION_OF } from "./option-names";
import type { MailOptions } from "./options";

/**
 * Options that describe the test, and have no meaning beside a plan or stack, which describes it already: all that
 * stand for an attribute. Only the command line says where a password is.
 */
const OF_THE_TARGET = [...new Set(Object.values(OPTION_OF))].filter(
  (option) => option.startsWith("--") && !option.endsWith("-password-environment"),
);

/** The first of these options that is present, as it is written on the command line. */
export function targetOptionGiven(options: MailOptions): string | undefined {
  const given: Readonly<Record<string, unknown>> = { ...options };
  return OF_THE_TARGET.find((option) => {
    const value = given[new Option(option).attributeName()];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}
