import { jsonText } from "../../core/json-document";
import { printableLine } from "../../core/printable";
import { someOf } from "../../core/some-of";
import { mapStyled, styled, styledLines, toned, type Styled } from "../../core/styled";
import { cell, code } from "../../findings/markdown";
import type { Detection, Verdict } from "../detection";
import {
  detectionToConsole,
  detectionToMarkdown,
  endingLine,
  HEAD,
  HEAD_TONE,
  junitDocument,
  notable,
} from "../writers";
import type { Ending } from "../../proof/ending";
import { fleetHorizon, isIn, WORST_FIRST, type FleetDetection } from "./fleet";

/** A detection of several stacks, written for whoever reads it: all in one table, then what is to be known of each. */

/** The verdict in the table's column. */
const SHORT: Readonly<Record<Verdict, string>> = {
  drift: "drift",
  broken: "mail broken",
  unknown: "could not tell",
  ending: "ends soon",
  "in-sync": "in sync",
};

const ICON: Readonly<Record<Verdict, string>> = {
  drift: "⚠️",
  broken: "⛔",
  unknown: "❔",
  ending: "⏳",
  "in-sync": "✅",
};

export const fleetToJson = (fleet: FleetDetection): string => jsonText(fleet);

export function fleetToConsole(fleet: FleetDetection): Styled {
  const stacks = worstFirst(fleet);
  const width = Math.max(0, ...stacks.map(({ verdict }) => SHORT[verdict].length));
  const names = Math.max(0, ...stacks.map(({ stack }) => stack.length));
  const lines = stacks.map(
    ({ stack, verdict, summary }) =>
      styled`  ${toned(HEAD_TONE[verdict], SHORT[verdict].padEnd(width))}  ${stack.padEnd(names)}  ${summary}`,
  );
  return styledLines([
    ...[
      styled`${fleet.fleet}: ${toned(HEAD_TONE[fleet.verdict], HEAD[fleet.verdict])} (${fleet.summary})`,
      "",
      ...lines,
      ...sharedFacts(fleet).flatMap((line) => ["", line]),
    ].map((line) => mapStyled(line, printableLine)),
    ...withSections(stacks).flatMap((detection) => ["", detectionToConsole(detection)]),
  ]);
}

export function fleetToMarkdown(fleet: FleetDetection): string {
  const stacks = worstFirst(fleet);
  return [
    `## ${cell(fleet.fleet)}: ${HEAD[fleet.verdict]}`,
    "",
    cell(fleet.summary),
    "",
    "| | Stack | What |",
    "|---|---|---|",
    ...stacks.map(
      ({ stack, verdict, summary }) => `| ${ICON[verdict]} ${SHORT[verdict]} | ${code(stack)} | ${cell(summary)} |`,
    ),
    ...sharedFacts(fleet).flatMap((line) => ["", cell(line)]),
    "",
    ...withSections(stacks).map(detectionToMarkdown),
  ].join("\n");
}

/** Writes a suite for each stack. */
export const fleetToJUnit = ({ stacks }: FleetDetection): string => junitDocument(stacks);

const worstFirst = ({ stacks }: FleetDetection): Detection[] =>
  WORST_FIRST.flatMap((verdict) => stacks.filter((one) => one.verdict === verdict));

/** The stacks that get a section; what expires is reported for all of them together. */
const withSections = (stacks: readonly Detection[]): Detection[] =>
  stacks.filter((one) => notable(one).length > 0).map(({ horizon: _, ...detection }) => detection);

/** What is reported for all stacks together. */
function sharedFacts(fleet: FleetDetection): string[] {
  const endings = fleetHorizon(fleet)?.endings ?? [];
  const now = Date.parse(fleet.detectedAt);
  return [...proofSentences(fleet), ...endings.map((ending) => `${endingLine(ending, now)} ${whose(ending, fleet)}`)];
}

/** A proof without chains must not look like a complete one. */
function proofSentences({ stacks }: FleetDetection): string[] {
  const proofs = stacks.flatMap(({ proof }) => (proof === undefined ? [] : [proof]));
  if (proofs.length === 0) return [];
  const chains = proofs.flatMap((proof) => proof.chains);
  if (chains.length === 0) return ["No way of the mail is declared in any of them, so none was walked."];
  const n = (state: string) => chains.filter((chain) => chain.state === state).length;
  const parts = [
    `Of ${chains.length} declared ways, mail gets through ${n("through")}`,
    ...(n("broken") === 0 ? [] : [`not through ${n("broken")}`]),
    ...(n("unknown") === 0 ? [] : [`of ${n("unknown")} nobody can tell`]),
  ];
  return [`${parts.join(", ")}.`];
}

/** The stacks that need something, as far as a line has room: a whole fleet may use one relay. */
function whose({ paths }: Ending, { stacks }: FleetDetection): string {
  const names = stacks.map(({ stack }) => stack).filter((stack) => paths.some((path) => isIn(stack, path)));
  return names.length === stacks.length ? "In all stacks." : `In ${someOf(names, MOST_NAMES)}.`;
}

const MOST_NAMES = 5;
