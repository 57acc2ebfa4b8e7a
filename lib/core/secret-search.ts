import { lowerCase, spelled, without, type Decoding, type Range, type Spelling } from "./spelling";

/** A secret, made ready to be looked for. */
export interface Sought {
  readonly spelled: Readonly<Record<Decoding, string>>;
  readonly hexadecimal: string;
  /** What its base64 holds for sure, at any offset in what it is sent with. */
  readonly base64: readonly string[];
}

/** Longer ones are recognised by any piece of this length, so that half a token is found, too. */
const PIECE = 64;
/** A text that was cut may end in the beginning of a secret; so much of it is one. */
const SHORTEST = 4;
/** Fewer letters of base64 are found in many texts. */
const SHORTEST_BASE64 = 5;

export function sought(secret: string): Sought {
  const inSpelling = (decoding: Decoding) => spelled(secret, decoding).text.trim();
  return {
    spelled: {
      nothing: inSpelling("nothing"),
      escapes: inSpelling("escapes"),
      "quoted-printable": inSpelling("quoted-printable"),
    },
    hexadecimal: Buffer.from(secret).toString("hex"),
    base64: [0, 1, 2].map((offset) => base64At(offset, secret)).filter(({ length }) => length >= SHORTEST_BASE64),
  };
}

/** Where the text has one of the secrets, however it is written; in order, none touching another. */
export function findSecrets(text: string, secrets: Iterable<Sought>): readonly Range[] {
  const all = [...secrets];
  const written = decodingsFor(text).flatMap((decoding) => {
    const spelling = spelled(text, decoding);
    const needles = all.map((one) => one.spelled[decoding]).filter(({ length }) => length >= SHORTEST);
    return [...needles.flatMap((needle) => occurrences(spelling, needle)), ...beginnings(spelling, needles)];
  });
  const digits = HEXADECIMAL.test(text) ? without(lowerCase(text), BETWEEN_DIGITS) : undefined;
  const letters = without(text, BETWEEN_LETTERS);
  const inCode = all.flatMap(({ hexadecimal, base64 }) => [
    ...(digits === undefined ? [] : occurrences(digits, hexadecimal)),
    ...base64.flatMap((needle) => encoded(text, letters, needle)),
  ]);
  return merged([...written, ...inCode]);
}

/** A text without any escape is the same in all spellings. */
function decodingsFor(text: string): readonly Decoding[] {
  if (/=[0-9a-f]{2}|=\r?\n/i.test(text)) return ["nothing", "escapes", "quoted-printable"];
  return /[%&\\]/.test(text) ? ["nothing", "escapes"] : ["nothing"];
}

function occurrences(spelling: Spelling, needle: string): Range[] {
  const { text } = spelling;
  const found: Range[] = [];
  const length = needle.length < 2 * PIECE ? needle.length : PIECE;
  for (let piece = 0; piece + length <= needle.length; piece += length) {
    const wanted = needle.slice(piece, piece + length);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + length)) {
      found.push(spelling.rangeOf(...widened(text, [at, at + length], needle, piece)));
    }
  }
  return found;
}

/** As far around a piece as the text goes on like the secret. */
function widened(text: string, [from, to]: Range, secret: string, piece: number): Range {
  const shift = piece - from;
  let [start, end] = [from, to];
  while (start > 0 && start + shift > 0 && text[start - 1] === secret[start + shift - 1]) start--;
  while (end < text.length && end + shift < secret.length && text[end] === secret[end + shift]) end++;
  return [start, end];
}

const CUT = /\u2026|\.{3}/g;

/** The beginning of a secret in front of an ellipsis, which is where a text was cut. */
function beginnings(spelling: Spelling, needles: readonly string[]): Range[] {
  return [...spelling.text.matchAll(CUT)].flatMap(({ index }) => {
    const before = spelling.text.slice(Math.max(0, index - PIECE), index);
    return needles.flatMap((needle) => {
      for (let length = Math.min(needle.length, before.length); length >= SHORTEST; length--) {
        if (before.endsWith(needle.slice(0, length))) return [spelling.rangeOf(index - length, index)];
      }
      return [];
    });
  });
}

const HEXADECIMAL = /(?:[0-9a-f]{2}[\s:.-]?){4}/i;
const BETWEEN_DIGITS = /[\s:.-]+/g;

/** Those two letters have several spellings, so neither the text nor what is looked for keeps them. */
const BETWEEN_LETTERS = /[\s+/_\\-]+|%2[bf]/gi;

function base64At(offset: number, secret: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  // Letters at the ends hold bits of the neighbours as well.
  const sure = bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  return sure.replace(/[+/]/g, "");
}

/** With the letters at the end that hold the secret's last bits. */
function encoded(text: string, letters: Spelling, needle: string): Range[] {
  return occurrences(letters, needle).map(([start, end]): Range => {
    const rest = /^[A-Za-z0-9+/_-]{0,3}={0,2}/.exec(text.slice(end, end + 5));
    return [start, end + (rest?.[0].length ?? 0)];
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
