/**
 * The extent to which a text is decoded before it is compared. A secret behind `=`, `%` or a backslash may look like part of
 * an escape, so each text is compared in several spellings, and one that shows the secret is enough.
 */
export type Decoding = "nothing" | "escapes" | "quoted-printable";

/**
 * A text in lower case, with blanks collapsed and escapes decoded, that knows where its characters stand in the original.
 */
export interface Spelling {
  readonly text: string;
  /** The range of the original that `text.slice(start, end)` stands for. */
  rangeOf(start: number, end: number): Range;
}

export type Range = readonly [start: number, end: number];

/** Decoded text may hold further escapes: JSON in JSON, a URL in a URL. */
const PASSES = 3;

/** Most texts: no pattern below matches there. */
const WRITTEN_PLAINLY = /^(?:[!-$'-*,-<>-[\]-~]| (?! ))*$/;

export function spelled(text: string, decoding: Decoding): Spelling {
  if (WRITTEN_PLAINLY.test(text)) return asWritten(lowerCase(text));
  let spelling = respelled(lowerCase(text), PATTERNS[decoding]);
  for (let pass = 1; pass < PASSES && decoding !== "nothing"; pass++) {
    const again = respelled(spelling.text, PATTERNS[decoding]);
    if (again.text === spelling.text) break;
    spelling = composed(spelling, again);
  }
  return spelling;
}

/** Removes blanks, hyphens and the like: hexadecimal digits and base64 are broken and grouped arbitrarily. */
export function without(text: string, left: RegExp): Spelling {
  return respelled(text, left, (found) => [["", found.length]]);
}

/** Format and control characters, and letters that are drawn as nothing. */
const INVISIBLE =
  "[\\p{Cf}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u3164\\ufe00-\\ufe0f\\uffa0\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f]+";
/** Blanks other than a single one. Form encoding writes `+` for a blank. */
const BLANKS = "[\\s+]{2,}|[^\\S ]|\\+";
const ESCAPES = [
  "(?:%[0-9a-f]{2})+",
  "&(?:#\\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);?",
  "\\\\+[nrt]",
  "(?:\\\\+x[0-9a-f]{2})+",
  "\\\\+u[0-9a-f]{4}",
  // Doubled backslashes, or one in front of a slash or a quotation mark: the secret's own backslashes are treated the same
  // way.
  "\\\\+",
];
const QUOTED_PRINTABLE = ["(?:=[0-9a-f]{2})+", "=\\r?\\n"];

// All are linear: no two parts of an alternative can match the same text, and the last takes any run of backslashes.
/* eslint-disable regexp/no-super-linear-move -- each alternative is judged by itself */
const PATTERNS: Readonly<Record<Decoding, RegExp>> = {
  nothing: new RegExp([INVISIBLE, BLANKS].join("|"), "gu"),
  escapes: new RegExp([INVISIBLE, ...ESCAPES, BLANKS].join("|"), "gu"),
  "quoted-printable": new RegExp([INVISIBLE, ...QUOTED_PRINTABLE, ...ESCAPES, BLANKS].join("|"), "gu"),
};
/* eslint-enable regexp/no-super-linear-move */

/** A piece of text: where it begins in the original (`from`) and in the spelling (`to`). */
interface Piece {
  readonly to: number;
  readonly from: number;
  /**
   * Its length in the original, all of which belongs to each of its characters; undefined for one that was left unchanged.
   */
  readonly length: number | undefined;
}

function respelled(text: string, pattern: RegExp, meaningOf: typeof meanings = meanings): Spelling {
  const pieces: Piece[] = [];
  let made = "";
  let at = 0;
  const keepUntil = (end: number) => {
    if (end > at) pieces.push({ to: made.length, from: at, length: undefined });
    made += text.slice(at, end);
  };
  for (const match of text.matchAll(pattern)) {
    keepUntil(match.index);
    at = match.index;
    for (const [meaning, length] of meaningOf(match[0])) {
      if (meaning !== "") pieces.push({ to: made.length, from: at, length });
      made += meaning;
      at += length;
    }
  }
  if (at === 0) return asWritten(text);
  keepUntil(text.length);
  const pieceAt = (position: number): Piece => pieces[lastNotAfter(pieces, position)]!;
  return {
    text: made,
    rangeOf(start, end) {
      const [first, last] = [pieceAt(start), pieceAt(end - 1)];
      return [
        first.length === undefined ? first.from + start - first.to : first.from,
        last.length === undefined ? last.from + end - last.to : last.from + last.length,
      ];
    },
  };
}

const asWritten = (text: string): Spelling => ({ text, rangeOf: (start, end) => [start, end] });

function composed(outer: Spelling, inner: Spelling): Spelling {
  return { text: inner.text, rangeOf: (start, end) => outer.rangeOf(...inner.rangeOf(start, end)) };
}

function lastNotAfter(pieces: readonly Piece[], position: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.to <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Decodes a match into parts, each with its length in the original. */
function meanings(found: string): (readonly [meaning: string, length: number])[] {
  const whole = (meaning: string): [string, number][] => [[meaning, found.length]];
  const [first] = found;
  if (first === "%" || (first === "=" && found.length > 2 && !/\s/.test(found))) return bytes(found, 3);
  if (first === "\\") {
    const letter = /[^\\]/.exec(found);
    if (letter === null) return whole("");
    if (letter[0] === "x") return bytes(found.replace(/(?<!\\)\\+x/g, "\\x"), 4, found.length);
    if (letter[0] === "u") return whole(lowerCase(String.fromCharCode(Number.parseInt(found.slice(-4), 16))));
    return whole(" ");
  }
  if (first === "&") {
    const name = found.slice(1).replace(";", "");
    if (!name.startsWith("#")) return whole(NAMED[name]!);
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return whole(code <= 0x10ffff ? lowerCase(String.fromCodePoint(code)) : found);
  }
  return whole(/^[\s+]/.test(found) && !/\ufeff/.test(found) ? " " : "");
}

/** Decodes a run of escaped bytes, `width` characters each; those beyond ASCII form characters together. */
function bytes(run: string, width: number, length = run.length): [string, number][] {
  const values = Array.from({ length: run.length / width }, (_, at) =>
    Number.parseInt(run.slice(at * width + width - 2, (at + 1) * width), 16),
  );
  if (length === run.length && values.every((value) => value < 0x80)) {
    return values.map((value) => [lowerCase(String.fromCharCode(value)), width]);
  }
  return [[lowerCase(Buffer.from(values).toString()), length]];
}

/** Lower case of the same length; the Turkish dotted I would change it. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join("");
}
