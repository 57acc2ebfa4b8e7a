import { Fn, Token, Tokenization } from "./cdktf";

/** Texts out of values of which some are known only to Terraform: it puts those in when it runs. */

/** A number within a text: a template literal would write its placeholder, `-1.8e+289`. */
export const numberText = (value: number | bigint): string =>
  typeof value === "bigint" ? String(value) : Tokenization.stringifyNumber(value);

/** A list within a text. */
export function listText(list: readonly string[], separator = ", "): string {
  return Token.isUnresolved(list) ? Fn.join(separator, [...list]) : list.join(separator);
}

/** Whether a template literal has put a number that only Terraform knows into the text: the number cannot be recovered. */
export function hasLostNumber(text: string): boolean {
  return (text.match(/-\d(?:\.\d+)?e\+\d+/g) ?? []).some((number) => Token.isUnresolved(Number(number)));
}
