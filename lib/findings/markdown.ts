import { sortFindings, type Finding } from "../core/finding";
import { documentationUrl } from "../core/documentation";
import { escapedText } from "../core/markup";
import { printableLine } from "../core/printable";

const ICON = { error: "❌", warning: "⚠️", note: "ℹ️" } as const;

/**
 * Findings as a Markdown table.
 *
 * @param most the number of rows; further findings are only counted. @default all
 */
export function findingsToMarkdown(findings: readonly Finding[], most = Infinity): string {
  const sorted = sortFindings(findings);
  if (sorted.length === 0) return "No findings.";
  return foldedTable(["", "Rule", "Where", "What", "What to do"], sorted, row, most);
}

/** The number of rows that are shown unfolded. */
const OPEN_ROWS = 10;

/**
 * A table; of a long one the first rows are shown and the next ones are folded.
 *
 * @param most the number of rows; further ones are only counted. @default all
 */
export function foldedTable<T>(
  heads: readonly string[],
  all: readonly T[],
  rowOf: (one: T) => string,
  most = Infinity,
): string {
  const head = [
    `|${heads.map((one) => (one === "" ? " |" : ` ${one} |`)).join("")}`,
    `|${"---|".repeat(heads.length)}`,
  ];
  const shown = all.slice(0, most).map(rowOf);
  // A fold takes as much space as one row.
  const open = shown.length > OPEN_ROWS + 1 ? OPEN_ROWS : shown.length;
  const folded = shown.slice(open);
  return [
    [...head, ...shown.slice(0, open)].join("\n"),
    ...(folded.length === 0 ? [] : [details(`${folded.length} more`, [...head, ...folded].join("\n"))]),
    ...(all.length > shown.length ? [`… and ${all.length - shown.length} more.`] : []),
  ].join("\n\n");
}

/** A section that is folded until it is clicked. */
export function details(title: string, body: string, open = false): string {
  return `<details${open ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function row({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): string {
  const rule = docs === undefined ? code(id) : `[${code(id)}](${documentationUrl(docs)})`;
  const what = acknowledged === undefined ? `**${cell(summary)}**. ${cell(why)}` : `~~${cell(summary)}~~`;
  const todo = acknowledged === undefined ? cell(fix) : `Acknowledged: ${cell(acknowledged.reason)}`;
  return `| ${acknowledged === undefined ? ICON[severity] : "☑️"} | ${rule} | ${path === "" ? "" : code(path)} | ${what} | ${todo} |`;
}

/**
 * Escapes text for a table cell: markup of Markdown and HTML, and mentions of people (@), are shown literally. Words in
 * `backticks` stay code, in which nothing else is markup.
 */
export function cell(text: string): string {
  return flat(text)
    .split(/(`[^`|]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : literal(part)))
    .join("");
}

function literal(text: string): string {
  return (
    escapedText(text.replace(/[\\`*_{}[\]|~]/g, "\\$&"))
      // Escaped as an entity, because the text itself has no invisible characters.
      .replace(/(^|[^\w.+-])@(?=\w)/g, "$1@&#8203;")
  );
}

/** Puts the text on one line. */
const flat = (text: string) => printableLine(text.replace(/\s+/g, (blanks) => (blanks.includes("\n") ? " " : blanks)));

/** Puts any text into a table cell as code. */
export function code(text: string): string {
  const line = flat(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return longest > 0 ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}
