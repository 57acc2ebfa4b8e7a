import { lowerCase, spelled, without, type Decoding, type Range, type Spelling } from "./spelling";

/** A secret prepared for the search. */
export interface Sought {
  readonly spelled: Readonly<Record<Decoding, string>>;
  /** The secret without blanks, to find it spaced out; empty where too little of it is left. */
  readonly compact: string;
  readonly hexadecimal: string;
  /** The part of its base64 that is certain at any offset within a longer text. */
  readonly base64: readonly string[];
}

/** A longer secret is recognised by any piece of this length, so that half a token is found, too. */
const PIECE = 64;
/** A text that was cut may end in the beginning of a secret; from this length on it counts as one. */
export const SHORTEST = 4;
/** A secret shorter than {@link SHORTEST} counts where it stands as a word of its own; a single letter never does. */
const SHORTEST_WORD = 2;
/** Ports, years and counts, which also stand in longer numbers. */
export const SHORT_NUMBER = /^\d{1,5}$/;
/** Fewer letters of base64 occur in many texts. */
const SHORTEST_BASE64 = 5;
/** So much of a login, quoted in one piece, counts as the login itself. */
const FRAGMENT = 12;
/** Fewer letters form words by chance once blanks are removed; they must be spaced out one by one. */
const SHORTEST_COMPACT = 6;

export function sought(secret: string): Sought {
  const least = Math.min(SHORTEST, Math.max(SHORTEST_WORD, secret.length));
  const inSpelling = (decoding: Decoding) => longEnough(spelled(secret, decoding).text.trim(), least);
  const compact = lowerCase(secret).replace(BLANK, "");
  return {
    spelled: {
      nothing: inSpelling("nothing"),
      escapes: inSpelling("escapes"),
      "quoted-printable": inSpelling("quoted-printable"),
    },
    compact: longEnough(compact, SHORTEST),
    hexadecimal: secret.length < SHORTEST ? "" : Buffer.from(secret).toString("hex"),
    base64:
      secret.length < SHORTEST
        ? []
        : [0, 1, 2].map((offset) => base64At(offset, secret)).filter(({ length }) => length >= SHORTEST_BASE64),
  };
}

/** Prepares a word that is searched as written; what it encodes is searched by itself. */
export function soughtAsWritten(word: string): Sought {
  const needle = lowerCase(word);
  return {
    spelled: { nothing: needle, escapes: needle, "quoted-printable": needle },
    compact: "",
    hexadecimal: "",
    base64: [],
  };
}

const longEnough = (text: string, least: number) => (text.length < least ? "" : text);

/** Finds the secrets in a text, however they are spelled; in order, none touching another. */
export function findSecrets(text: string, secrets: Iterable<Sought>): readonly Range[] {
  const all = [...secrets];
  const cuts = isCut(text);
  const find = (spelling: Spelling, needles: readonly string[], fragment?: number): Range[] => [
    ...needles.flatMap((needle) => occurrences(spelling, needle, fragment)),
    ...(cuts ? halves(spelling, needles) : []),
  ];
  const written = decodingsFor(text).flatMap((decoding) => {
    const needles = all.map((one) => one.spelled[decoding]).filter((needle) => needle !== "");
    return find(spelled(text, decoding), needles);
  });
  const compact = find(
    without(lowerCase(text), BLANK),
    all.map((one) => one.compact).filter((needle) => needle !== ""),
  ).filter(([start, end]) => isSpacedOut(text.slice(start, end)));
  const digits = HEXADECIMAL.test(text)
    ? find(
        without(lowerCase(text), BETWEEN_DIGITS),
        all.map(({ hexadecimal }) => hexadecimal).filter((needle) => needle !== ""),
      )
    : [];
  const base64 = all.flatMap((one) => one.base64);
  const letters = find(without(text, BETWEEN_LETTERS), base64, FRAGMENT).map((range) => withPadding(text, range));
  return merged([...written, ...compact, ...digits, ...letters, ...twiceEncoded(text, base64)]);
}

/** The spellings to search; a text without escapes has the same in all of them. */
export function decodingsFor(text: string): readonly Decoding[] {
  if (/=[0-9a-f]{2}|=\r?\n/i.test(text)) return ["nothing", "escapes", "quoted-printable"];
  return /[%&\\]/.test(text) ? ["nothing", "escapes"] : ["nothing"];
}

/** @param fragment the length of the needle that counts as all of it. @default all of a short one, a piece of a long one */
function occurrences(spelling: Spelling, needle: string, fragment?: number): Range[] {
  const { text } = spelling;
  const found: Range[] = [];
  const isLong = needle.length >= 2 * PIECE;
  const isWord = needle.length < SHORTEST || SHORT_NUMBER.test(needle);
  const least = isLong ? PIECE : Math.min(needle.length, fragment ?? needle.length);
  if (least > text.length) return found;
  // Every fragment contains at least one whole piece of half its length, wherever it begins.
  const length = least === needle.length ? least : Math.ceil(least / 2);
  for (let piece = 0; piece + length <= needle.length; piece += length) {
    const wanted = needle.slice(piece, piece + length);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + length)) {
      const range = widened(text, [at, at + length], needle, piece);
      if (range[1] - range[0] < least || (isWord && !standsAlone(text, range))) continue;
      found.push(spelling.rangeOf(...range));
    }
  }
  return found;
}

/** Extends a match in both directions while the text agrees with the secret. */
function widened(text: string, [from, to]: Range, secret: string, piece: number): Range {
  const shift = piece - from;
  let [start, end] = [from, to];
  while (start > 0 && start + shift > 0 && text[start - 1] === secret[start + shift - 1]) start--;
  while (end < text.length && end + shift < secret.length && text[end] === secret[end + shift]) end++;
  return [start, end];
}

function isSpacedOut(text: string): boolean {
  const letters = text.replace(BLANK, "").length;
  return letters >= SHORTEST_COMPACT || text.length >= 2 * letters - 1;
}

/** Whether the range is not part of a longer word or number. */
function standsAlone(text: string, [start, end]: Range): boolean {
  return (
    !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))
  );
}

/** Whether a text was cut somewhere. */
export const isCut = (text: string): boolean => text.includes("\u2026") || text.includes("...");
const CUTS = /(?:\u2026|\.{3}\.*) ?/g;
/** The part of an escape that a cut leaves, decoded as far as possible. */
const HALF_ESCAPE = /[\ufffd\ud800-\udfff]?(?:[%=][0-9a-f]?|&[#a-z0-9]{0,7}|u[0-9a-f]{0,3}|x[0-9a-f]?)?$/;
const LONGEST_HALF = 10;

/** Finds the beginning of a secret in front of a cut, and the end of one behind it. */
function halves(spelling: Spelling, needles: readonly string[]): Range[] {
  const { text } = spelling;
  const cuts = [...text.matchAll(CUTS)].map((match): Range => [match.index, match.index + match[0].length]);
  const found: Range[] = [];
  for (const [at, [start, end]] of cuts.entries()) {
    const from = cuts[at - 1]?.[1] ?? 0;
    const to = cuts[at + 1]?.[0] ?? text.length;
    const half = HALF_ESCAPE.exec(text.slice(Math.max(from, start - LONGEST_HALF), start))?.[0].length ?? 0;
    for (const needle of needles) {
      if (needle.length <= SHORTEST) continue;
      if (start - from >= SHORTEST) {
        const before = text.slice(Math.max(from, start - needle.length - half), start);
        const head = ended(before, needle.slice(0, before.length), [0, 1, half]);
        if (head > 0) found.push(spelling.rangeOf(start - head, start));
      }
      if (to - end >= SHORTEST) {
        const after = text.slice(end, Math.min(to, end + needle.length));
        const tail = ended(reversed(after), reversed(needle.slice(-after.length)), [0]);
        if (tail > 0) found.push(spelling.rangeOf(end, end + tail));
      }
    }
  }
  return found;
}

const reversed = (text: string) => text.split("").reverse().join("");

/**
 * How much of the end of a text is a beginning of a secret, followed by `left` characters that are not; 0 when it is too
 * little. Linear time (Knuth, Morris, Pratt).
 */
function ended(text: string, secret: string, left: readonly number[]): number {
  if (!text.includes(secret.slice(0, SHORTEST))) return 0;
  const joined = `${secret}\n${text}`;
  const borders = new Uint32Array(joined.length);
  for (let at = 1; at < joined.length; at++) {
    let border = borders[at - 1]!;
    while (border > 0 && joined[at] !== joined[border]) border = borders[border - 1]!;
    borders[at] = joined[at] === joined[border] ? border + 1 : border;
  }
  return Math.max(
    ...left.map((behind) => {
      const length = behind >= text.length ? 0 : borders.at(-1 - behind)!;
      return length < SHORTEST ? 0 : length + behind;
    }),
  );
}

const HEXADECIMAL = /(?:[0-9a-f]{2}[\s:.-]?){4}/i;
/** Several dots mark a cut. */
export const BETWEEN_DIGITS = /(?:[\s:-]|(?<!\.)\.(?!\.))+/g;
export const BLANK = /[\x00-\x20\x7f\u00a0]+/g;

/** These two letters have several spellings, so both the text and the needle drop them. */
export const BETWEEN_LETTERS = /[\s+/_\\-]+|%2[bf]/gi;

function base64At(offset: number, secret: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  // Letters at the ends also hold bits of the neighbouring text.
  const sure = bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  return sure.replace(/[+/]/g, "");
}

/** Includes the letters at both ends that hold the first and last bits of the secret. */
function withPadding(text: string, [start, end]: Range): Range {
  const rest = /^[A-Za-z0-9+/_-]{0,3}={0,2}/.exec(text.slice(end, end + 5));
  const isPart = /[A-Za-z0-9+/_-]/.test(text.charAt(start - 1));
  return [isPart ? start - 1 : start, end + (rest?.[0].length ?? 0)];
}

const RUN = /[A-Za-z0-9+/_-]{10,}={0,2}/g;
const RUN_INSIDE = new RegExp(`[A-Za-z0-9+/_-]{${SHORTEST_BASE64}}`);

/** Finds words of base64 that encode base64 of a secret. */
function twiceEncoded(text: string, needles: readonly string[]): Range[] {
  if (needles.length === 0) return [];
  return [...text.matchAll(RUN)].flatMap(({ 0: word, index }): Range[] => {
    for (let offset = 0; offset < 4; offset++) {
      const inside = Buffer.from(word.slice(offset), "base64").toString("latin1");
      if (!RUN_INSIDE.test(inside)) continue;
      const letters = without(inside, BETWEEN_LETTERS);
      if (needles.some((needle) => occurrences(letters, needle, FRAGMENT).length > 0)) {
        return [[index, index + word.length]];
      }
    }
    return [];
  });
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const made: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = made.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
}
