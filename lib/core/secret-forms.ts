/** Secrets as patterns: each finds one however a server writes it back. All are linear: what repeats is bounded. */

/** Longer ones are looked for piece by piece, so that half a token is found, too. */
const PIECE = 64;
/** A text that was cut may end in the beginning of a secret; so much of it is one. */
const SHORTEST_BEGINNING = 4;
/** Fewer letters of base64 are found in many texts. */
const SHORTEST_BASE64 = 5;

const INVISIBLE = "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f]{0,4}";

/** Parts of patterns; upper and lower case are one. */
export function spelledForms(secret: string): string[] {
  return piecesOf(secret).flatMap((piece) => [charactersOf(piece).join(""), hexadecimalOf(piece)]);
}

/** The beginning of a secret in front of an ellipsis, which is where a text was cut. */
export function cutForm(secret: string): string {
  const characters = charactersOf(Array.from(secret).slice(0, PIECE).join(""));
  const [head, rest] = [characters.slice(0, SHORTEST_BEGINNING), characters.slice(SHORTEST_BEGINNING)];
  return `${head.join("")}${rest.reduceRight((inner, one) => `(?:${one}${inner})?`, "")}(?=…)`;
}

/** Base64 of it at any offset in what it was sent with, of either alphabet. Case matters. */
export function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    // Letters at the ends hold bits of the neighbours as well.
    const sure = bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    if (sure.length < SHORTEST_BASE64) return [];
    return [`${Array.from(sure, base64Letter).join("\\s{0,2}")}[A-Za-z0-9+/_-]{0,3}={0,2}`];
  });
}

function piecesOf(secret: string): string[] {
  const characters = Array.from(secret);
  const count = Math.max(1, Math.floor(characters.length / PIECE));
  return Array.from({ length: count }, (_, at) =>
    characters.slice(at * PIECE, at === count - 1 ? undefined : (at + 1) * PIECE).join(""),
  );
}

const base64Letter = (letter: string) =>
  letter === "+" ? "(?:[+\\- ]|%2B)" : letter === "/" ? "(?:\\\\{0,3}/|_|%2F)" : letter;

/** A pattern for each character, and for each run of blanks or backslashes, which are collapsed or doubled on the way. */
function charactersOf(text: string): string[] {
  return Array.from(text.matchAll(/\s+|\\+|[^]/gu), ([run]) => {
    if (/\s/.test(run)) return `(?:${BLANK}${INVISIBLE}){1,${4 * run.length}}`;
    if (run.startsWith("\\")) return `(?:${BACKSLASH}${INVISIBLE}){${run.length},${4 * run.length}}`;
    return `${character(run)}${INVISIBLE}`;
  });
}

const BLANK =
  "(?:\\s|[+\\u00a0]|%(?:25)?(?:20|09|0a|0d)|&(?:amp;)?(?:#(?:9|10|13|32|160|x9|xa|xd|x20|xa0)|nbsp);|\\\\[nrt])";
const BACKSLASH = "(?:\\\\|%(?:25)?5c|&(?:amp;)?#(?:92|x5c);)";

const NAMED: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

function character(one: string): string {
  const code = one.codePointAt(0)!;
  const bytes = [...Buffer.from(one)].map(twoDigits);
  const units = Array.from({ length: one.length }, (_, at) => one.charCodeAt(at).toString(16).padStart(4, "0"));
  const name = NAMED[one];
  return `(?:${[
    `${/\w/.test(one) ? "" : "\\\\{0,3}"}${escaped(one)}`,
    bytes.map((hex) => `%(?:25)?${hex}`).join(""),
    bytes.map((hex) => `(?:\\\\{1,2}x|=)${hex}`).join(""),
    units.map((hex) => `\\\\{1,2}u${hex}`).join(""),
    `&(?:amp;)?#(?:0{0,4}${code}|x0{0,4}${code.toString(16)});?`,
    ...(name === undefined ? [] : [`&(?:amp;)?${name};`]),
  ].join("|")})`;
}

const hexadecimalOf = (text: string) => [...Buffer.from(text)].map(twoDigits).join("[\\s:.-]?");

const twoDigits = (byte: number) => byte.toString(16).padStart(2, "0");

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
