import { plural } from "../../core/plural";
import { xml } from "../../findings/junit";
import { cautionsOf, uncommittedText } from "../bound";
import { reviewBody } from "../html";
import { ICONS } from "../markdown";
import { notPlannedBody } from "../not-planned";
import { codeOf, page, prose, table } from "../page";
import { byImportance, fleetTitle, isNotPlanned, isQuiet, statusOf, totalsOf, verdictOf } from "./fleet";
import type { FleetReview, FleetStatus, OfStack } from "./fleet";
import { APPLY, applyCommand, quietText } from "./markdown";

/**
 * The whole review of a fleet as one page without scripts: first every stack with its verdict, then each in full.
 * Nothing is left out.
 */
export function fleetToHtml(fleet: FleetReview): string {
  const { verdict, commit, uncommitted, selection } = fleet;
  const stacks = byImportance(fleet.stacks);
  const title = fleetTitle(fleet);
  const committed = uncommittedText(fleet);
  const quiet = stacks.filter(isQuiet);
  const totals = totalsOf(fleet);
  const idle = stacks.every((one) => isNotPlanned(one) || one.next.command === "");
  return page(title, [
    `<h1 class="${CLASSES[verdict.status] ?? verdict.status}">${xml(title)}</h1>`,
    ...(committed === undefined ? [] : [`<aside class="warning"><p>${prose(committed)}</p></aside>`]),
    table(
      ["", "Stack", "What it means"],
      stacks
        .filter((one) => !isQuiet(one))
        .map((one) => ({
          kind: statusOf(one),
          cells: [
            ICONS[statusOf(one)],
            `<a href="#${anchor(one, stacks)}">${xml(one.stack)}</a>`,
            `${prose(verdictOf(one))}${cautions(one)}`,
          ],
        })),
      Infinity,
    ),
    totals === "" ? "" : `<p>In all stacks: ${totals}.</p>`,
    quiet.length === 0 ? "" : `<p>Without changes: ${quiet.map((one) => quietText(one, codeOf)).join(", ")}.</p>`,
    ...stacks.map((one) => details(one, anchor(one, stacks))),
    idle || verdict.status === "not-planned"
      ? ""
      : `<section><h2>Next</h2>\n<pre>${xml(applyCommand(selection))}</pre><p>${prose(APPLY)}</p>\n</section>`,
    `<footer>${plural(stacks.length, "stack")}${commit === null ? "" : ` of the commit ${codeOf(commit)}`}${uncommitted ? " with uncommitted changes" : ""}</footer>`,
  ]);
}

/** Statuses that share the style of another one. */
const CLASSES: Readonly<Partial<Record<FleetStatus, string>>> = { "not-planned": "breaks-rules" };

/** Names what no rule can judge in the overview too. */
function cautions(one: OfStack): string {
  const all = isNotPlanned(one) ? [] : cautionsOf(one.bindings);
  return all.length === 0 ? "" : ` (${all.map(({ name }) => codeOf(name)).join(", ")})`;
}

/** An id by position: a name may hold characters that no id can. */
const anchor = (one: OfStack, stacks: readonly OfStack[]) => `stack-${stacks.indexOf(one) + 1}`;

function details(one: OfStack, id: string): string {
  const body = isNotPlanned(one) ? notPlannedBody(one) : reviewBody(one);
  return [
    `<details class="stack" id="${id}"><summary>${ICONS[statusOf(one)]} <b>${xml(one.stack)}: ${prose(verdictOf(one))}</b></summary>`,
    ...body,
    "</details>",
  ].join("\n");
}
