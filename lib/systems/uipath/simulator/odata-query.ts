import { pageOf } from "../../kit/simulator/pages";
import { filter, type ODataRow } from "./odata-filter";
import { orchestrator } from "./refusal";

export type Query = Readonly<Record<string, unknown>>;

/** The query options of a collection; case does not matter. */
type Option = "$filter" | "$select" | "$orderby" | "$top" | "$skip" | "$count" | "$expand";

const MOST_ROWS = 1000;

export function option(query: Query, name: Option): string | undefined {
  const key = Object.keys(query).find((given) => given.toLowerCase() === name);
  return key === undefined ? undefined : String(query[key]);
}

export interface CollectionRules {
  /** The greatest page size. @default 1000 */
  readonly most?: number;
  /** Property names, where no row may exist. @default those of the rows */
  readonly properties?: readonly string[];
}

/** Answers a query of a collection in the form of OData. */
export function answerQuery(rows: readonly ODataRow[], query: Query, rules: CollectionRules = {}) {
  const { most = MOST_ROWS, properties = rows.flatMap((row) => Object.keys(row)) } = rules;
  const known = new Set(properties);
  const top = option(query, "$top");
  if (top !== undefined && !(Number(top) >= 0 && Number(top) <= MOST_ROWS)) {
    throw orchestrator(400, `The limit of '${MOST_ROWS}' for Top query has been exceeded: ${top}.`, 1000);
  }
  const asked = option(query, "$filter");
  const passing = asked === undefined ? rows : rows.filter(filter(asked, known));
  const sorted = inOrder(passing, option(query, "$orderby"));
  const page = pageOf(sorted, { offset: option(query, "$skip"), limit: top, most });
  return {
    ...(option(query, "$count")?.toLowerCase() === "true" ? { "@odata.count": passing.length } : {}),
    value: page.map((row) => chosen(row, option(query, "$select"))),
  };
}

function inOrder(rows: readonly ODataRow[], by: string | undefined): readonly ODataRow[] {
  if (by === undefined) return rows;
  const [name = "", direction] = by.split(",")[0]!.trim().split(/\s+/);
  const sign = direction?.toLowerCase() === "desc" ? -1 : 1;
  const value = (row: ODataRow) => row[Object.keys(row).find((key) => key.toLowerCase() === name.toLowerCase()) ?? ""];
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === "number" && typeof y === "number") return sign * (x - y);
    return sign * String(x ?? "").localeCompare(String(y ?? ""));
  });
}

function chosen(row: ODataRow, select: string | undefined): ODataRow {
  if (select === undefined || select.trim() === "*") return row;
  const names = select.split(",").map((name) => name.trim().toLowerCase());
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name.toLowerCase())));
}
