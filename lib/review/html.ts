import { documentationUrl } from "../core/documentation";
import { xml } from "../findings/junit";
import { asideTitle, isAside } from "./aside";
import {
  CAUTIONS_TITLE,
  cautionsOf,
  meaningOf,
  othersOf,
  PLACES_TITLE,
  placesOf,
  PLAN_ALONE,
  uncommittedText,
} from "./bound";
import { VERBS, VERB_WORDS } from "./build";
import { isChanged } from "./receivers";
import type { Change, Move, Review, Stop } from "./review";
import { toSvg } from "./svg";
import { plural } from "./words";

/**
 * The whole review as one page without scripts, fonts or pictures from elsewhere: it can be kept as an artefact of the
 * pipeline and opened anywhere. Nothing is left out.
 */
export function toHtml(review: Review): string {
  const { stack, verdict, hash, commit, uncommitted, next } = review;
  const title = `${stack}: ${verdict.line}`;
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    // Whatever a name in the plan may hold, the page runs nothing and loads nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${xml(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1 class="${verdict.status}">${xml(title)}</h1>`,
    ...bound(review),
    ...moves(review.moves),
    ...stops(review.stops),
    section("Way of the alerts", toSvg(review.picture)),
    section("Reachability", reachability(review)),
    section("Who receives what", receivers(review)),
    section("Changes", changes(review.changes)),
    section(
      "Changed outside of Terraform, not part of this change",
      review.drift.map((one) => difference(one, false)).join("\n"),
    ),
    section("Policy", policy(review)),
    next.command === ""
      ? `<p>${xml(next.why)}</p>`
      : section("Next", `<pre>${xml(next.command)}</pre><p>${xml(next.why)}</p>`),
    `<footer>Plan <code>${xml(hash)}</code>${commit === null ? "" : ` of the commit ${codeOf(commit)}`}${uncommitted ? " with uncommitted changes" : ""}</footer>`,
    "</main></body></html>",
    "",
  ]
    .filter((part) => part !== "")
    .join("\n")
    .concat("\n");
}

function bound(review: Review): string[] {
  const { bindings, boundTo } = review;
  const committed = uncommittedText(review);
  const cautions = cautionsOf(bindings);
  const others = othersOf(bindings);
  const pre = (lines: readonly string[]) => (lines.length === 0 ? "" : `<pre>${lines.map(xml).join("\n")}</pre>`);
  return [
    ...(boundTo === "plan" ? [`<aside class="warning"><p>${prose(PLAN_ALONE)}</p></aside>`] : []),
    ...(committed === undefined ? [] : [`<aside class="warning"><p>${prose(committed)}</p></aside>`]),
    ...(cautions.length === 0
      ? []
      : [
          `<aside class="caution"><h2>${CAUTIONS_TITLE}</h2><ul>`,
          ...cautions.map((one) => `<li>${codeOf(one.name)} ${meaningOf(one)}${pre(one.lines)}</li>`),
          "</ul></aside>",
        ]),
    ...(bindings.length === cautions.length
      ? []
      : [
          `<details><summary>${PLACES_TITLE}</summary>`,
          ...placesOf(bindings).map(({ name, lines }) => `<h3>${xml(name)}</h3>${pre(lines)}`),
          ...(others === "" ? [] : [`<p>Bound to as well: ${others}.</p>`]),
          "</details>",
        ]),
  ];
}

function section(title: string, body: string): string {
  return body === "" ? "" : `<section><h2>${xml(title)}</h2>\n${body}\n</section>`;
}

function moves(all: readonly Move[]): string[] {
  if (all.length === 0) return [];
  return [
    `<aside class="warning"><h2>What only changes its address</h2><ul>`,
    ...all.map(({ summary, why, fix, hcl, cdktf, commands }) => {
      const code = [hcl, cdktf, commands.join("\n")].filter((text) => text !== undefined && text !== "");
      return `<li><strong>${xml(summary)}.</strong> ${prose(why)} ${prose(fix)}${code.map((text) => `<pre>${text!.split("\n").map(xml).join("\n")}</pre>`).join("")}</li>`;
    }),
    "</ul></aside>",
  ];
}

function stops(all: readonly Stop[]): string[] {
  const block = (kind: string, title: string, some: readonly Stop[]) =>
    some.length === 0
      ? []
      : [
          `<aside class="${kind}"><h2>${title}</h2><ul>`,
          ...some.map(
            ({ summary, why, fix, path }) =>
              `<li><strong>${xml(summary)}.</strong> ${prose(why)} ${prose(fix)} <code>${xml(path)}</code></li>`,
          ),
          "</ul></aside>",
        ];
  return [
    ...block(
      "caution",
      "What this change stops",
      all.filter(({ byThisChange }) => byThisChange),
    ),
    ...block(
      "warning",
      "What did not work before and still does not",
      all.filter(({ byThisChange }) => !byThisChange),
    ),
  ];
}

function reachability({ reachability: rows }: Review): string {
  return table(
    ["", "From", "To", "Used by", "Resource"],
    rows.map(({ change, source, destination, usedBy, address }) => ({
      kind: change,
      cells: [xml(change), xml(source), codeOf(destination), xml(usedBy.join(", ") || "nobody"), codeOf(address)],
    })),
  );
}

function receivers({ receivers: rows }: Review): string {
  return table(
    ["System", "Severity", "About", "Before", "After"],
    rows.map((row) => ({
      kind: isChanged(row) ? "changed" : "kept",
      cells: [
        xml(row.system),
        xml(row.severity),
        xml(row.about),
        names(row.before, row.after, "del"),
        names(row.after, row.before, "ins"),
      ],
    })),
  );
}

function names(some: readonly string[], others: readonly string[], mark: "del" | "ins"): string {
  if (some.length === 0) return "<em>nobody</em>";
  return some.map((one) => (others.includes(one) ? xml(one) : `<${mark}>${xml(one)}</${mark}>`)).join(", ");
}

function changes(all: readonly Change[]): string {
  const outputs = all.filter(({ type }) => type === "output");
  const aside = all.filter(isAside);
  const open = all.length <= OPEN;
  return [
    ...VERBS.flatMap((verb) => {
      const of = all.filter((one) => one.verb === verb && one.type !== "output" && !isAside(one));
      return of.length === 0 ? [] : folded(`${of.length} ${VERB_WORDS[verb]}`, of, open);
    }),
    ...(outputs.length === 0 ? [] : folded(plural(outputs.length, "output"), outputs, false)),
    ...(aside.length === 0
      ? []
      : [
          `<details><summary>${asideTitle(aside.length)}</summary>`,
          ...aside.map((one) => difference(one, false)),
          "</details>",
        ]),
  ].join("\n");
}

/** So many objects or rows are read without a click. */
const OPEN = 10;

function folded(title: string, some: readonly Change[], open: boolean): string[] {
  const differences = some.map((one) => difference(one, open));
  return some.length > OPEN
    ? [`<details><summary><b>${title}</b></summary>`, ...differences, "</details>"]
    : [`<h3>${title}</h3>`, ...differences];
}

function difference({ address, previousAddress, meaning, lines }: Change, open: boolean): string {
  const from = previousAddress === undefined ? "" : ` (was ${codeOf(previousAddress)})`;
  const text = lines.map((line) => `<span class="l${SIGNS[line[0] ?? ""] ?? ""}">${xml(line)}</span>`).join("\n");
  return `<details${open ? " open" : ""}><summary>${codeOf(address)}${from} ${xml(meaning)}</summary><pre>${text}</pre></details>`;
}

const SIGNS: Readonly<Record<string, string>> = { "+": " add", "-": " del", "!": " mod" };

function policy({ policy: { findings, resolved, passed, notApplicable } }: Review): string {
  return [
    findings.length === 0
      ? "<p>No findings.</p>"
      : table(
          ["", "Rule", "Where", "What", "What to do"],
          findings.map(({ severity, id, path, summary, why, fix, docs, acknowledged, byThisChange }) => ({
            kind: acknowledged === undefined ? severity : "acknowledged",
            cells: [
              acknowledged === undefined ? severity : "acknowledged",
              docs === undefined ? codeOf(id) : `<a href="${xml(documentationUrl(docs))}">${codeOf(id)}</a>`,
              codeOf(path),
              `${byThisChange && acknowledged === undefined ? "<strong>New:</strong> " : ""}${xml(summary)}. ${prose(why)}`,
              acknowledged === undefined ? prose(fix) : xml(`Reason: ${acknowledged.reason}`),
            ],
          })),
        ),
    `<p>${plural(passed.length, "rule")} passed: ${xml(passed.join(", ") || "none")}.</p>`,
    ...(resolved.length === 0
      ? []
      : [`<p>No longer found: ${resolved.map(({ id, path }) => `${codeOf(id)} at ${codeOf(path)}`).join(", ")}.</p>`]),
    ...(notApplicable.length === 0
      ? []
      : [
          `<details><summary>${plural(notApplicable.length, "rule")} not applicable</summary><ul>${notApplicable
            .map(({ id, because }) => `<li>${codeOf(id)}: ${xml(because)}</li>`)
            .join("")}</ul></details>`,
        ]),
  ].join("\n");
}

type Row = { readonly kind: string; readonly cells: readonly string[] };

/** Of a long one the first rows, and the others folded. */
function table(heads: readonly string[], rows: readonly Row[]): string {
  const open = rows.length > OPEN + 1 ? OPEN : rows.length;
  const more = rows.slice(open);
  return [
    wholeTable(heads, rows.slice(0, open)),
    ...(more.length === 0
      ? []
      : [`<details><summary>${more.length} more</summary>`, wholeTable(heads, more), "</details>"]),
  ].join("\n");
}

function wholeTable(heads: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  return [
    `<table><thead><tr>${heads.map((head) => `<th>${xml(head)}</th>`).join("")}</tr></thead><tbody>`,
    ...rows.map(
      ({ kind, cells }) => `<tr class="${xml(kind)}">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
    ),
    "</tbody></table>",
  ].join("\n");
}

/** Words in `backticks` are code. */
function prose(text: string): string {
  return xml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function codeOf(text: string): string {
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
