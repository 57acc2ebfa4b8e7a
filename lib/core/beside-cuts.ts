import { lowerCase, spelled, without, type Range, type Spelling } from "./spelling";
import { BETWEEN_DIGITS, BETWEEN_LETTERS, BLANK, decodingsFor, isCut, SHORTEST, type Sought } from "./secret-search";

/** Where a text was cut; three dots in the middle of something else are a part of it. */
const CUT = /\u2026|(?<!\.)\.{3,}(?=[\s"'`)\]}<,;]|$)/g;
/** The same for what was cut at its beginning, with the blank that some write behind it. */
const CUT_BEFORE = /(?:\u2026|(?<![^\s"'`([{<:=,;])\.{3,}) ?/g;
/** What is left of an escape tells half of a character. */
const HALF_ESCAPE = /(?:[%=][0-9a-f]|&[#a-z][#a-z0-9]{0,7}|(?<!\\)\\+(?:u[0-9a-f]{0,3}|x[0-9a-f]?))$/i;
/** What begins an escape, and tells nothing by itself. */
const LEAD = /(?:[%=&]|(?<!\\)\\+)$/;
/** Hexadecimal digits are looked for where there are more. */
const MOST_DIGITS = 7;
/** So much holds three characters, however they are escaped. */
const WINDOW = 80;

/**
 * A text without what stands beside a cut and may be the first characters of a secret in front of it, or the last ones behind
 * it: too few to be recognised, and masking them would tell them. Text that only looks like that is a little shorter, which
 * harms nobody: it was cut anyway.
 *
 * @param mask stands for what was recognised, and stays
 */
export function withoutRemnants(text: string, secrets: readonly Sought[], mask: string): string {
  if (!isCut(text)) return text;
  return withoutEndings(withoutBeginnings(text, secrets, mask), secrets, mask);
}

function withoutBeginnings(text: string, secrets: readonly Sought[], mask: string): string {
  let made = "";
  let done = 0;
  for (const { index } of text.matchAll(CUT)) {
    const window = text.slice(Math.max(done, index - WINDOW), index);
    made += text.slice(done, index - window.length) + shortened(window, secrets, mask);
    done = index;
  }
  return made + text.slice(done);
}

function withoutEndings(text: string, secrets: readonly Sought[], mask: string): string {
  let made = "";
  let done = 0;
  for (const found of text.matchAll(CUT_BEFORE)) {
    const behind = found.index + found[0].length;
    // Another cut has taken it already.
    if (behind < done) continue;
    let kept = text.slice(behind, behind + WINDOW);
    const length = kept.length;
    for (let end = 1; end > 0 && kept !== "" && !kept.startsWith(mask); kept = kept.slice(end)) {
      end = endingIn(kept, secrets);
    }
    made += text.slice(done, behind) + kept;
    done = behind + length;
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
const beginningIn = (text: string, secrets: readonly Sought[]): number =>
  Math.min(Infinity, ...remnants(text, secrets, begun).map(([start]) => start));

/** Where the end of a secret at the beginning of a text ends; 0 for none. */
const endingIn = (text: string, secrets: readonly Sought[]): number =>
  Math.max(0, ...remnants(text, secrets, ended).map(([, end]) => end));

type Remnant = (spelling: Spelling, needle: string, most: number) => readonly Range[];

/** In every spelling that secrets are looked for in. */
function remnants(text: string, secrets: readonly Sought[], rangesOf: Remnant): readonly Range[] {
  const small = lowerCase(text);
  // Of a shorter one, most is a word that may stand anywhere.
  const find = (spelling: Spelling, needlesOf: (secret: Sought) => readonly string[], most = SHORTEST - 1) =>
    secrets.flatMap((secret) =>
      needlesOf(secret).flatMap((needle) => (needle.length < SHORTEST ? [] : rangesOf(spelling, needle, most))),
    );
  return [
    ...decodingsFor(text).flatMap((decoding) => find(spelled(text, decoding), (one) => [one.spelled[decoding]])),
    ...find(without(small, BLANK), (one) => [one.compact]),
    ...find(without(small, BETWEEN_DIGITS), (one) => [one.hexadecimal], MOST_DIGITS),
    ...find(without(text, BETWEEN_LETTERS), (one) => one.base64),
  ];
}

/** The longest beginning of a secret at the end of a text. */
function begun({ text, rangeOf }: Spelling, needle: string, most: number): readonly Range[] {
  for (let length = most; length > 0; length--) {
    if (text.endsWith(needle.slice(0, length))) return [rangeOf(text.length - length, text.length)];
  }
  return [];
}

/** The longest end of a secret at the beginning of a text. */
function ended({ text, rangeOf }: Spelling, needle: string, most: number): readonly Range[] {
  for (let length = most; length > 0; length--) {
    if (text.startsWith(needle.slice(-length))) return [rangeOf(0, length)];
  }
  return [];
}
