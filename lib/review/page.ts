import { htmlPage } from "../findings/html-page";
import { xml } from "../findings/junit";

/** The page of a review: see {@link htmlPage}. */
export const page = (title: string, parts: readonly string[]): string => htmlPage(title, STYLE, parts);

/** The number of objects or rows that are shown unfolded. */
export const OPEN = 10;

export type PageRow = { readonly kind: string; readonly cells: readonly string[] };

/**
 * A table; of a long one the first rows are shown and the others are folded.
 *
 * @param most the number of unfolded rows
 */
export function table(heads: readonly string[], rows: readonly PageRow[], most = OPEN): string {
  const open = rows.length > most + 1 ? most : rows.length;
  const more = rows.slice(open);
  return [
    wholeTable(heads, rows.slice(0, open)),
    ...(more.length === 0
      ? []
      : [`<details><summary>${more.length} more</summary>`, wholeTable(heads, more), "</details>"]),
  ].join("\n");
}

function wholeTable(heads: readonly string[], rows: readonly PageRow[]): string {
  if (rows.length === 0) return "";
  return [
    `<table><thead><tr>${heads.map((head) => `<th>${xml(head)}</th>`).join("")}</tr></thead><tbody>`,
    ...rows.map(
      ({ kind, cells }) => `<tr class="${xml(kind)}">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
    ),
    "</tbody></table>",
  ].join("\n");
}

/** Escapes a text; words in `backticks` become code. */
export function prose(text: string): string {
  return xml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

export function codeOf(text: string): string {
  return text === "" ? "" : `<code>${xml(text)}</code>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--back:#fff;--box:#f6f8fa;--red:#cf222e;--green:#1a7f37;--amber:#9a6700}
@media(prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--box:#151b23;--red:#f85149;--green:#3fb950;--amber:#d29922}}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px}
h1{font-size:24px;padding-left:12px;border-left:6px solid var(--green)}
h1.stops-alerts,h1.breaks-rules{border-color:var(--red)}h1.attention{border-color:var(--amber)}
h2{font-size:18px;margin:28px 0 8px}h3{font-size:15px;margin:16px 0 4px}
aside{border:1px solid var(--red);border-left-width:6px;padding:4px 16px;margin:12px 0;border-radius:6px}aside.warning{border-color:var(--amber)}
aside h2{margin:8px 0}table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td:first-child{white-space:nowrap}th{background:var(--box)}tr.closed td:first-child,tr.error td:first-child,del{color:var(--red)}tr.opened td:first-child,ins{color:var(--green)}tr.warning td:first-child,tr.replaced td:first-child{color:var(--amber)}
tr.kept,tr.acknowledged{color:var(--soft)}ins{text-decoration:none;font-weight:600}
a{color:inherit}code,pre{font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere}pre{background:var(--box);padding:10px;overflow:auto;border-radius:6px;margin:4px 0}
.add{color:var(--green)}.del{color:var(--red)}.mod{color:var(--amber)}summary{cursor:pointer}footer{margin-top:32px;color:var(--soft)}
svg{max-width:100%;height:auto}svg text{font:13px system-ui,sans-serif;fill:var(--ink)}svg .h{font-weight:600}svg .d{font-size:11px;fill:var(--soft)}
svg rect{fill:var(--box);stroke:var(--line);stroke-width:1.5}svg .e{fill:none;stroke:var(--soft);stroke-width:1.5}
svg .added rect,svg .e.added{stroke:var(--green);stroke-width:2}svg .removed rect,svg .e.removed{stroke:var(--red);stroke-dasharray:5 4}svg .removed text{text-decoration:line-through}
svg .e.broken{stroke:var(--red);stroke-width:2}svg .x{fill:var(--red);font-weight:700}
`;
