/**
 * Control characters, lone surrogates, and what is invisible or turns the direction of the text around it: all format
 * characters of Unicode, and the letters that are drawn as nothing.
 */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]+/gu;

/** What a stranger sent, fit for a terminal: one line, no control characters, not endless. */
export function printable(text: string, length = 300): string {
  const flat = text.replace(UNPRINTABLE, " ").trim();
  // A character outside the basic plane is not cut in two.
  return flat.length > length ? `${flat.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : flat;
}
