import { inspect } from "node:util";
import { partsOf, type Styled, type Tone } from "../core/styled";

/** How a text is laid out. */
export interface Look {
  /** Cells in a line; undefined where there is no screen. */
  readonly width: number | undefined;
  readonly colour: boolean;
  /** The indentation of continued lines. @default 2 */
  readonly hang?: number;
}

// `util.styleText` came with Node.js 20.12; its table is in all of them.
const { colors } = inspect;
const CODES: Readonly<Record<Tone, readonly [on: number, off: number] | undefined>> = {
  good: colors["green"],
  warning: colors["yellow"],
  bad: colors["red"],
  strong: colors["bold"],
  faint: colors["dim"],
  code: colors["cyan"],
};

/** The least columns for a text beside others; with less room it begins below them. */
const NARROWEST = 24;

/**
 * Lays out a text with its colours and line breaks. Long lines break between words and continue below their last column
 * (two blanks or more stand before it), else a little indented. Code, also in `` `backticks` ``, is never broken.
 */
export function layOut(text: Styled, { width, colour, hang = 2 }: Look): string {
  const spans = spansOf(text);
  const whole = spans.map((span) => span.text).join("");
  const shown: string[] = [];
  let start = 0;
  for (const line of whole.split("\n")) {
    const paint = (from: number, to: number) => painted(spans, start + from, start + to, colour);
    const unbroken = (at: number) => isCode(spans, start + at);
    for (const { indent, from, to } of rowsOf(line, width, hang, unbroken))
      shown.push(" ".repeat(indent) + paint(from, to));
    start += line.length + 1;
  }
  return shown.join("\n");
}

interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly at: number;
}

function spansOf(text: Styled): readonly Span[] {
  let at = 0;
  return partsOf(text).map((part) => {
    const span = typeof part === "string" ? { text: part, at } : { ...part, at };
    at += span.text.length;
    return span;
  });
}

const isCode = (spans: readonly Span[], at: number) =>
  spans.some((span) => span.tone === "code" && span.at <= at && at < span.at + span.text.length);

function painted(spans: readonly Span[], from: number, to: number, colour: boolean): string {
  return spans
    .filter(({ text, at }) => at < to && at + text.length > from)
    .map(({ text, tone, at }) => {
      const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
      const code = tone === undefined || !colour ? undefined : CODES[tone];
      return code === undefined ? part : `\u001b[${code[0]}m${part}\u001b[${code[1]}m`;
    })
    .join("");
}

/** A part of a line that is shown on a line of its own. */
interface Row {
  readonly indent: number;
  readonly from: number;
  readonly to: number;
}

function rowsOf(
  line: string,
  width: number | undefined,
  hang: number,
  isUnbroken: (at: number) => boolean,
): readonly Row[] {
  if (width === undefined || cells(line) <= width) return [{ indent: 0, from: 0, to: line.length }];
  const rows: Row[] = [];
  const further = hangOf(line, width, hang);
  let from = 0;
  let fits = 0;
  let indent = 0;
  for (const end of [...breaksOf(line, isUnbroken), line.length]) {
    if (fits > from && indent + cells(line.slice(from, end)) > width) {
      rows.push({ indent, from, to: fits });
      from = fits + line.slice(fits).search(/\S/);
      indent = further;
    }
    fits = end;
  }
  rows.push({ indent, from, to: line.length });
  return rows;
}

/** The blanks at which the line may break. */
function breaksOf(line: string, isUnbroken: (at: number) => boolean): readonly number[] {
  const begins = line.search(/\S/);
  const quoted = [...line.matchAll(/`[^`]*`/g)].map(({ 0: text, index }) => [index, index + text.length] as const);
  return blanksOf(line)
    .map(({ from }) => from)
    .filter((at) => at > begins && !isUnbroken(at) && !quoted.some(([from, to]) => from < at && at < to));
}

/** Sequences of blanks, with their positions. */
function blanksOf(line: string): readonly { readonly from: number; readonly to: number }[] {
  return [...line.matchAll(/ +/g)]
    .map(({ 0: blanks, index }) => ({ from: index, to: index + blanks.length }))
    .filter(({ to }) => /^\S/.test(line.slice(to, to + 1)));
}

/** The column at which a line continues. */
function hangOf(line: string, width: number, hang: number): number {
  const begins = Math.max(0, line.search(/\S/));
  const columns = blanksOf(line).filter(({ from, to }) => from >= begins && to - from > 1);
  const starts = columns.map(({ to }) => cells(line.slice(0, to)));
  return starts.findLast((start) => start <= width - NARROWEST) ?? Math.min(begins + hang, Math.floor(width / 2));
}

/** Matches most texts, and saves the expressions below, which take milliseconds to compile. */
const ASCII = /^[ -~]*$/;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/gu;

/** The number of cells that a text takes on a screen: most East Asian characters take two, combining marks none. */
export const cells = (text: string): number =>
  ASCII.test(text) ? text.length : Array.from(text.replace(/\p{M}/gu, "").replace(WIDE, "  ")).length;
