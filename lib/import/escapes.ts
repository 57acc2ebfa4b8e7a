import { escapeUnprintable } from "../core/printable";

/** Escapes for foreign texts in a program, so that they stay texts for Terraform and for the reader. */

/** Escapes `${…}` and `%{…}`, so that they stay text and are not evaluated as templates. */
export const escapeTemplates = (text: string) => text.replace(/[$%]\{/g, (start) => start[0] + start);

/** Replaces invisible characters, and those that change the direction of text, by their numbers within quotes. */
export const escapeInvisible = (text: string, beyondBmp: (hex: string) => string) =>
  escapeUnprintable(
    text,
    (unit) => `\\u${unit.toString(16).padStart(4, "0")}`,
    (codePoint) => beyondBmp(codePoint.toString(16)),
  );
