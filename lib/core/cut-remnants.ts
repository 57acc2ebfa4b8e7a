import { lowerCase, spelled, without, type Range, type Spelling } from "./spelling";
import { BETWEEN_DIGITS, BETWEEN_LETTERS, BLANK, decodingsFor, isCut, SHORTEST, type Sought } from "./secret-search";

/** The place where a text was cut. Three dots in the middle of something else do not count. */
const CUT = /\u2026|(?<!\.)\.{3,}(?=[\s"'`)\]}<,;]|$)/g;
/** A cut at the beginning of a text, with the blank that some programs write behind it. */
const CUT_BEFORE = /(?:\u2026|(?<![^\s"'`([{<:=,;])\.{3,}) ?/g;
/** The rest of an escape that was cut, which still reveals half of a character. */
const HALF_ESCAPE = /(?:[%=][0-9a-f]|&[#a-z][#a-z0-9]{0,7}|(?<!\\)\\+(?:u[0-9a-f]{0,3}|x[0-9a-f]?))$/i;
/** The beginning of an escape, which reveals nothing by itself. */
const LEAD = /(?:[%=&]|(?<!\\)\\+)$/;
/** The longest run of hexadecimal digits that is not examined for the rest of an escape. */
const MOST_DIGITS = 7;
/** The width of three characters, however they are escaped. */
const WINDOW = 80;

/**
 * Removes what stands beside a cut and may be the first characters of a secret in front of it, or the last ones behind it:
 * they are too few to be recognised, and a mask would reveal them. A text that only looks like a secret becomes a little
 * shorter, which does no harm: it was cut anyway.
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
    // An earlier cut has removed it already.
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

/** Shortens until nothing more can be removed, so that redacting the result again changes nothing. */
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

/** The position where the beginning of a secret starts at the end of a text; infinite when there is none. */
const beginningIn = (text: string, secrets: readonly Sought[]): number =>
  Math.min(Infinity, ...remnants(text, secrets, begun).map(([start]) => start));

/** The position where the end of a secret stops at the beginning of a text; 0 when there is none. */
const endingIn = (text: string, secrets: readonly Sought[]): number =>
  Math.max(0, ...remnants(text, secrets, ended).map(([, end]) => end));

type Remnant = (spelling: Spelling, needle: string, most: number) => readonly Range[];

/** Finds remnants in every spelling that secrets are searched in. */
function remnants(text: string, secrets: readonly Sought[], rangesOf: Remnant): readonly Range[] {
  const small = lowerCase(text);
  // Most of a shorter secret is a word that may occur anywhere.
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
