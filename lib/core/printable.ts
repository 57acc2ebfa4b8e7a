/** Control characters, lone surrogates, and what is invisible or turns the direction of the text around it. */
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Surrogate}]+/gu;

/** What a stranger sent, fit for a terminal: one line, no control characters, not endless. */
export function printable(text: string, length = 300): string {
  const flat = text.replace(UNPRINTABLE, " ").trim();
  // A character outside the basic plane is not cut in two.
  return flat.length > length ? `${flat.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : flat;
}
