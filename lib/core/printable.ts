/**
 * The one cleaner of text that strangers wrote: vendors, servers, plans, file names, the environment. Every output passes it.
 * A secret is redacted before, in the raw text, and again after a cut.
 */

/**
 * Control characters, lone surrogates, noncharacters, invisible characters, and those that change the direction of the text
 * around them.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]+/gu;

/** Matches almost every text: nothing in it is unprintable, and compiling {@link UNPRINTABLE} takes milliseconds. */
const ASCII_LINES = /^[\n\t -~]*$/;

/** A character that moves to another line or column, or ends a text for programs in C. A blank takes its place. */
const BREAK = /^[\0\t\n\v\f\r\u0085\u2028\u2029]$/;

/** `##[error]`, `##vso[…]`, `##teamcity[…]`: commands to a pipeline, wherever they stand in a line. */
const HASH_COMMAND = /##(?=\w*\[)/g;

/** `::error::…`, a command to a pipeline that begins a line. */
const COLON_COMMAND = /^([^\S\n\r\u2028\u2029]*):(?=:[A-Za-z-]+(?: .*)?::)/gm;

/**
 * Prints a text on one line: a blank replaces line breaks, and a number such as `⟨U+202E⟩` replaces everything else that is
 * invisible.
 */
export function printableLine(text: string): string {
  return harmless(text.replace(UNPRINTABLE, (run) => marked(run)));
}

/** Like {@link printableLine}, cut to at most `length` UTF-16 code units. */
export function printable(text: string, length = 300): string {
  const flat = printableLine(text).trim();
  // Neither a character outside the basic plane nor a number is cut in two.
  return flat.length > length
    ? `${flat.slice(0, length).replace(/(?:\u27e8[U+\dA-F]{0,8}|[\ud800-\udbff])$/, "")}…`
    : flat;
}

/** Prints a text of several lines whose breaks and tabs are our own; otherwise like {@link printableLine}. */
export function printableLines(text: string): string {
  if (ASCII_LINES.test(text)) return harmless(text);
  const lines = text.replaceAll("\r\n", "\n");
  return harmless(lines.replace(UNPRINTABLE, (run) => Array.from(run, (one) => keptBreak(one)).join("")));
}

const keptBreak = (one: string) => (one === "\n" || one === "\t" ? one : marked(one));

/**
 * Prints a text of several lines under a heading. The lines after the first are indented, so that none of them looks like
 * another fact.
 */
export const printableBlock = (text: string) => printableLines(text).replace(/\n(?=.)/g, "\n  ");

/** Writes a value as JSON in which every text keeps its meaning, and no character acts where the JSON is shown. */
export function printableJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  return escapeUnprintable(json, (unit) => `\\u${unit.toString(16).padStart(4, "0")}`);
}

/**
 * Writes a text for a programming language, with escapes between its quotes.
 *
 * @param escape writes one UTF-16 code unit
 * @param beyond writes a code point outside the basic plane.
 * @default its two code units
 */
export function escapeUnprintable(
  text: string,
  escape: (codeUnit: number) => string,
  beyond: (codePoint: number) => string = (codePoint) =>
    String.fromCodePoint(codePoint)
      .split("")
      .map((unit) => escape(unit.charCodeAt(0)))
      .join(""),
): string {
  const escaped = (one: string) => {
    const codePoint = one.codePointAt(0)!;
    return one === "\n" ? one : codePoint > 0xffff ? beyond(codePoint) : escape(codePoint);
  };
  return text
    .replace(UNPRINTABLE, (run) => Array.from(run, escaped).join(""))
    .replace(HASH_COMMAND, () => `#${escape("#".charCodeAt(0))}`);
}

/** Replaces a run of unprintable characters; adjacent breaks become one blank. */
function marked(run: string): string {
  let made = "";
  let after = false;
  for (const one of run) {
    const isBlank = BREAK.test(one);
    if (!isBlank) made += `\u27e8U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
    else if (!after) made += " ";
    after = isBlank;
  }
  return made;
}

function harmless(text: string): string {
  return text.replace(HASH_COMMAND, "# #").replace(COLON_COMMAND, "$1: ");
}
