import { UNPRINTABLE } from "../core/printable";

/** What foreign texts need before they stand in a program: they stay texts there, for Terraform and for the reader. */

/** `${…}` and `%{…}` as the text that they are, not as a template. */
export const escapeTemplates = (text: string) => text.replace(/[$%]\{/g, (start) => start[0] + start);

/** Of a text in quotes: what is invisible or turns the direction of the text around it, by its number. */
export const escapeInvisible = (text: string, beyondBmp: (hex: string) => string) =>
  text.replace(UNPRINTABLE, (run) => Array.from(run, (one) => numbered(one.codePointAt(0)!, beyondBmp)).join(""));

function numbered(codePoint: number, beyondBmp: (hex: string) => string): string {
  const hex = codePoint.toString(16);
  return hex.length > 4 ? beyondBmp(hex) : `\\u${hex.padStart(4, "0")}`;
}
