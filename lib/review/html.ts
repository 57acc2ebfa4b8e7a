import { plural } from "../core/plural";
import { documentationUrl } from "../core/documentation";
import { xml } from "../findings/junit";
import { unrelatedTitle, isUnrelated } from "./unrelated";
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
import { codeOf, OPEN, page, prose, table } from "./page";
import { isChanged } from "./receivers";
import type { Change, AddressMove, Review, Stop } from "./review";
import { toSvg } from "./svg";

/** The whole review as one page without scripts. Nothing is left out. */
export function toHtml(review: Review): string {
  const { stack, verdict } = review;
  const title = `${stack}: ${verdict.line}`;
  return page(title, [`<h1 class="${verdict.status}">${xml(title)}</h1>`, ...reviewBody(review)]);
}

/** The content of the page below its title. */
export function reviewBody(review: Review): string[] {
  const { hash, commit, uncommitted, next } = review;
  return [
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
  ];
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

function moves(all: readonly AddressMove[]): string[] {
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
  const aside = all.filter(isUnrelated);
  const open = all.length <= OPEN;
  return [
    ...VERBS.flatMap((verb) => {
      const of = all.filter((one) => one.verb === verb && one.type !== "output" && !isUnrelated(one));
      return of.length === 0 ? [] : folded(`${of.length} ${VERB_WORDS[verb]}`, of, open);
    }),
    ...(outputs.length === 0 ? [] : folded(plural(outputs.length, "output"), outputs, false)),
    ...(aside.length === 0
      ? []
      : [
          `<details><summary>${unrelatedTitle(aside.length)}</summary>`,
          ...aside.map((one) => difference(one, false)),
          "</details>",
        ]),
  ].join("\n");
}

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
