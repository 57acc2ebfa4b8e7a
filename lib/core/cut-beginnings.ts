import { lowerCase, spelled, without, type Spelling } from "./spelling";
import { BETWEEN_DIGITS, BETWEEN_LETTERS, BLANK, decodingsFor, SHORTEST, type Sought } from "./secret-search";

/** Where a text was cut; three dots in the middle of something else are a part of it. */
const CUT = /\u2026|(?<!\.)\.{3,}(?=[\s"'`)\]}<,;]|$)/g;
/** What is left of an escape tells half of a character. */
const HALF_ESCAPE = /(?:[%=][0-9a-f]|&[#a-z][#a-z0-9]{0,7}|(?<!\\)\\+(?:u[0-9a-f]{0,3}|x[0-9a-f]?))$/i;
/** What begins an escape, and tells nothing by itself. */
const LEAD = /(?:[%=&]|(?<!\\)\\+)$/;
/** Hexadecimal digits are looked for where there are more. */
const MOST_DIGITS = 7;
/** So much holds three characters, however they are escaped. */
const WINDOW = 80;

/**
 * A text without what stands in front of a cut and may be the first characters of a secret: too few to be recognised, and
 * masking them would tell them. Text that only looks like that is a little shorter, which harms nobody: it was cut anyway.
 *
 * @param mask stands for what was recognised, and stays
 */
export function withoutBeginnings(text: string, secrets: readonly Sought[], mask: string): string {
  let made = "";
  let done = 0;
  for (const { index } of text.matchAll(CUT)) {
    const window = text.slice(Math.max(done, index - WINDOW), index);
    made += text.slice(done, index - window.length) + shortened(window, secrets, mask);
    done = index;
  }
  return made + text.slice(done);
}

/** Until nothing more can be taken, so that redacting it once more changes nothing. */
function shortened(window: string, secrets: readonly Sought[], mask: string): string {
  let kept = window;
  for (;;) {
    if (kept === "" || kept.endsWith(mask)) return kept;
    const whole = kept.replace(HALF_ESCAPE, "");
    const begin = Math.min(whole.length, beginningIn(whole, secrets), beginningIn(kept.replace(LEAD, ""), secrets));
    if (begin === kept.length) return kept;
    kept = kept.slice(0, begin);
  }
}

/** Where the beginning of a secret at the end of a text begins; infinite for none. */
function beginningIn(text: string, secrets: readonly Sought[]): number {
  const small = lowerCase(text);
  const find = (spelling: Spelling, needlesOf: (secret: Sought) => readonly string[], most = SHORTEST - 1): number =>
    Math.min(...secrets.flatMap((secret) => needlesOf(secret).map((needle) => begun(spelling, needle, most))));
  return Math.min(
    ...decodingsFor(text).map((decoding) => find(spelled(text, decoding), (one) => [one.spelled[decoding]])),
    find(without(small, BLANK), (one) => [one.compact]),
    find(without(small, BETWEEN_DIGITS), (one) => [one.hexadecimal], MOST_DIGITS),
    find(without(text, BETWEEN_LETTERS), (one) => one.base64),
  );
}

function begun({ text, rangeOf }: Spelling, needle: string, most: number): number {
  // Of a shorter one, most is a word that may stand anywhere.
  if (needle.length < SHORTEST) return Infinity;
  for (let length = most; length > 0; length--) {
    if (text.endsWith(needle.slice(0, length))) return rangeOf(text.length - length, text.length)[0];
  }
  return Infinity;
}
