import { badOption } from "./errors";

/**
 * Reads a whole number from the command line; undefined when the option is absent.
 *
 * @throws ProblemError `cli/bad-option`
 */
export function integer(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw badOption(option, text, `a whole number from ${least} to ${most}`);
  }
  return value;
}
