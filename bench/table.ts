import { isMissed, type Row } from "./row";

/** A line of the page: what was measured, in which run, and what is said of it. */
export interface TableRow {
  readonly what: string;
  readonly node: string;
  readonly ours: string;
  readonly baseline: string;
  /** As text; empty where there is none. */
  readonly ratio: string;
  readonly limit: string;
  readonly verdict: string;
  readonly run: string;
}

const COLUMNS = ["what", "Node", "ours", "baseline", "ratio", "limit", "", "run"];
const HEADER = `| ${COLUMNS.join(" | ")} |`;

/** @param worse what is said of a row that got worse; empty where it did not */
export function tableRow(row: Row, run: string, worse: string): TableRow {
  const held = row.limit === undefined ? "" : isMissed(row) ? "**missed**" : "held";
  return {
    what: row.what,
    node: row.node,
    ours: row.ours,
    baseline: row.baseline,
    ratio: row.ratio?.toFixed(2) ?? "",
    limit: row.limit === undefined ? "" : String(row.limit),
    verdict: [held, worse].filter((text) => text !== "").join(", "),
    run,
  };
}

export const table = (rows: readonly TableRow[]): string =>
  [HEADER, `|${"---|".repeat(COLUMNS.length)}`, ...rows.map(line)].join("\n");

const line = ({ what, node, ours, baseline, ratio, limit, verdict, run }: TableRow): string =>
  `| ${[what, node, ours, baseline, ratio, limit, verdict, run].join(" | ")} |`;

/** The rows of a page by the headings that they stand under; those of a table with other columns are passed over. */
export function readTables(page: string): ReadonlyMap<string, readonly TableRow[]> {
  const tables = new Map<string, TableRow[]>();
  let title = "";
  let isTable = false;
  for (const text of page.split("\n")) {
    if (text.startsWith("## ")) title = text.slice(3).trim();
    if (text === HEADER) isTable = true;
    else if (!text.startsWith("|")) isTable = false;
    else if (isTable && !text.startsWith("|---")) {
      const row = readRow(text);
      if (row !== undefined) tables.set(title, [...(tables.get(title) ?? []), row]);
    }
  }
  return tables;
}

function readRow(text: string): TableRow | undefined {
  const cells = text
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
  if (cells.length !== COLUMNS.length) return undefined;
  const [what = "", node = "", ours = "", baseline = "", ratio = "", limit = "", verdict = "", run = ""] = cells;
  return { what, node, ours, baseline, ratio, limit, verdict, run };
}
