import { sortFindings, type Finding } from "../core/finding";
import { printableLine } from "../core/printable";

const ICON = { error: "❌", warning: "⚠️", note: "ℹ️" } as const;

/**
 * Findings as a Markdown table.
 *
 * @param most so many rows; the rest is counted. @default all
 */
export function findingsToMarkdown(findings: readonly Finding[], most = Infinity): string {
  const sorted = sortFindings(findings);
  if (sorted.length === 0) return "No findings.";
  const rows = sorted.slice(0, most).map(row);
  const left = sorted.length - rows.length;
  return [
    "| | Rule | Where | What | What to do |",
    "|---|---|---|---|---|",
    ...rows,
    ...(left > 0 ? ["", `… and ${left} more.`] : []),
  ].join("\n");
}

function row({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): string {
  const rule =
    docs === undefined || !URL.canParse(docs)
      ? code(id)
      : `[${code(id)}](${new URL(docs).href.replace(/[()[\]|]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
  const what = acknowledged === undefined ? `**${cell(summary)}**. ${cell(why)}` : `~~${cell(summary)}~~`;
  const todo = acknowledged === undefined ? cell(fix) : `Acknowledged: ${cell(acknowledged.reason)}`;
  return `| ${acknowledged === undefined ? ICON[severity] : "☑️"} | ${rule} | ${path === "" ? "" : code(path)} | ${what} | ${todo} |`;
}

/**
 * Text in a table cell: what Markdown or HTML would read as markup, and what people would be called by (@), is taken
 * literally. Words in `backticks` stay code, in which nothing else has a meaning.
 */
export function cell(text: string): string {
  return flat(text)
    .split(/(`[^`|]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : literal(part)))
    .join("");
}

function literal(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]|~]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // As an entity: the text itself has nothing that is not seen.
      .replace(/(^|[^\w.+-])@(?=\w)/g, "$1@&#8203;")
  );
}

/** On one line. */
const flat = (text: string) => printableLine(text.replace(/[^\S\n]*\n\s*/g, " "));

/** Code in a table cell, whatever is in it. */
export function code(text: string): string {
  const line = flat(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return longest > 0 ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}
