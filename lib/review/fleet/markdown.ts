import { plural } from "../../core/plural";
import { cell, code } from "../../findings/markdown";
import { shellWord } from "../../core/terraform-text";
import { cautionsOf, uncommittedText } from "../bound";
import { COMMENT_LIMIT, ICONS, stackSection } from "../markdown";
import { notPlannedSection } from "../not-planned";
import { byImportance, isNotPlanned, isQuiet, statusOf, totalsOf, verdictOf } from "./fleet";
import type { FleetReview, OfStack } from "./fleet";
import { fleetHeader, renderFleetHeader } from "./header";
import type { Selection } from "./selection";

/** The most of a comment that each part may take; the details get the rest. */
const HEADER_SHARE = 1 / 2;
const ROWS_SHARE = 1 / 3;
const QUIET_SHARE = 1 / 12;

/** With fewer bytes the details of a stack would be useless. */
const LEAST_SECTION = 3_000;

/**
 * The review of a fleet as one comment of less than {@link COMMENT_LIMIT} bytes: first every stack with its verdict,
 * then the details of the most important ones. What has no room is counted.
 */
export function fleetToMarkdown(fleet: FleetReview, limit = COMMENT_LIMIT): string {
  const stacks = byImportance(fleet.stacks);
  const header = (truncated: boolean) => renderFleetHeader(fleetHeader(fleet, truncated), limit * HEADER_SHARE);
  const top = overview(fleet, stacks, limit);
  const bottom = next(fleet);
  // 300 for the sentence that says what is left out, and for line breaks.
  const details = sections(
    stacks.filter((one) => !isQuiet(one)),
    limit - bytes([header(false), ...top.parts, bottom].join("\n\n")) - 300,
  );
  const left = details.left === 0 ? [] : [remark(details.left)];
  return [header(top.isCut || details.isCut), ...top.parts, ...details.parts, ...left, bottom]
    .join("\n\n")
    .concat("\n");
}

const bytes = (text: string) => Buffer.byteLength(text);

interface Overview {
  readonly parts: readonly string[];
  readonly isCut: boolean;
}

/** A row for each stack with something to report, and one line for all others. */
function overview(fleet: FleetReview, stacks: readonly OfStack[], limit: number): Overview {
  const quiet = stacks.filter(isQuiet).map((one) => quietText(one, code));
  const rows = stacks.filter((one) => !isQuiet(one)).map(row);
  const shownRows = fitting(rows, limit * ROWS_SHARE);
  const shownQuiet = fitting(quiet, limit * QUIET_SHARE);
  const totals = totalsOf(fleet);
  const committed = uncommittedText(fleet);
  const parts = [
    `## ${ICONS[fleet.verdict.status]} ${code(fleet.fleet)}: ${cell(fleet.verdict.line)}`,
    ...(committed === undefined ? [] : [`> [!WARNING]\n> ${committed}`]),
    ...(rows.length === 0 ? [] : [["| | Stack | What it means |", "|---|---|---|", ...shownRows].join("\n")]),
    ...(shownRows.length < rows.length ? [`… and ${rows.length - shownRows.length} more.`] : []),
    ...(totals === "" ? [] : [`In all stacks: ${totals}.`]),
    ...(quiet.length === 0
      ? []
      : [
          `Without changes: ${shownQuiet.join(", ")}${shownQuiet.length < quiet.length ? ` and ${quiet.length - shownQuiet.length} more` : ""}.`,
        ]),
  ];
  return { parts, isCut: shownRows.length < rows.length || shownQuiet.length < quiet.length };
}

/** The name of a stack without changes, with the number of its findings: "no changes, 2 findings". */
export function quietText(one: OfStack, name: (stack: string) => string): string {
  const found = verdictOf(one).replace(/^no changes(?:, )?/, "");
  return `${name(one.stack)}${found === "" ? "" : ` (${found})`}`;
}

/** Names what no rule can judge here: the details of a stack may have no room. */
function row(one: OfStack): string {
  const cautions = isNotPlanned(one) ? [] : cautionsOf(one.bindings).map(({ name }) => code(name));
  const named = cautions.slice(0, MOST_CAUTIONS).join(", ");
  const more = cautions.length > MOST_CAUTIONS ? ` and ${cautions.length - MOST_CAUTIONS} more` : "";
  const caution = cautions.length === 0 ? "" : ` (${named}${more})`;
  return `| ${ICONS[statusOf(one)]} | ${code(one.stack)} | ${cell(verdictOf(one))}${caution} |`;
}

const MOST_CAUTIONS = 3;

function fitting(lines: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = lines.findIndex((line) => (used += bytes(line) + 2) > room);
  return end === -1 ? lines : lines.slice(0, end);
}

interface Sections {
  readonly parts: readonly string[];
  /** The number of stacks without details. */
  readonly left: number;
  readonly isCut: boolean;
}

/** Each stack gets its share of the room, and what earlier ones have not used. */
function sections(stacks: readonly OfStack[], room: number): Sections {
  const parts: string[] = [];
  let isCut = false;
  let left = room;
  for (const [index, one] of stacks.entries()) {
    const share = Math.max(LEAST_SECTION, Math.floor(left / (stacks.length - index)));
    const { text, truncated } = section(one, Math.min(share, left));
    if (bytes(text) + 2 > left) return { parts, left: stacks.length - index, isCut: true };
    parts.push(text);
    isCut ||= truncated;
    left -= bytes(text) + 2;
  }
  return { parts, left: 0, isCut };
}

const section = (one: OfStack, room: number) =>
  isNotPlanned(one) ? { text: notPlannedSection(one), truncated: false } : stackSection(one, room);

const remark = (count: number): string =>
  `> [!NOTE]\n> The details of ${plural(count, "stack")} are left out here: a comment can hold no more. The JSON and HTML outputs have them all.`;

function next({ selection, verdict, stacks, commit, uncommitted }: FleetReview): string {
  const changed = uncommitted ? " with uncommitted changes" : "";
  const of = commit === null ? changed : ` of the commit ${code(commit)}${changed}`;
  const plan = `<sub>${plural(stacks.length, "plan")}${of}. This comment is updated when the code changes.</sub>`;
  if (verdict.status === "not-planned") {
    return `Nothing is applied while a stack is not planned; a review of an earlier commit no longer counts.\n\n${plan}`;
  }
  if (stacks.every((one) => !isNotPlanned(one) && one.next.command === ""))
    return `There is nothing to apply.\n\n${plan}`;
  return `### Next\n\n\`\`\`sh\n${applyCommand(selection)}\n\`\`\`\n\n${APPLY}\n\n${plan}`;
}

/** The command that applies what was reviewed. */
export const applyCommand = (selection: Selection): string =>
  `npx outbound apply-reviewed ${selection.map(shellWord).join(" ")} --review review.json`;

export const APPLY =
  "After the merge, with the JSON of this review; in a pipeline with `--merged`. It plans all stacks again, and applies only when every plan is still the one that was reviewed.";
