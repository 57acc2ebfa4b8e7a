import { escapeUnprintable } from "../core/printable";

/** What foreign texts need before they stand in a program: they stay texts there, for Terraform and for the reader. */

/** `${…}` and `%{…}` as the text that they are, not as a template. */
export const escapeTemplates = (text: string) => text.replace(/[$%]\{/g, (start) => start[0] + start);

/** Of a text in quotes: what is invisible or turns the direction of the text around it, by its number. */
export const escapeInvisible = (text: string, beyondBmp: (hex: string) => string) =>
  escapeUnprintable(
    text,
    (unit) => `\\u${unit.toString(16).padStart(4, "0")}`,
    (codePoint) => beyondBmp(codePoint.toString(16)),
  );
