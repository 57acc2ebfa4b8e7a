import { jsonText } from "../../core/json-document";
import { printableLine } from "../../core/printable";
import { mapStyled, styled, styledLines, toned, type Styled } from "../../core/styled";
import { cell, code } from "../../findings/markdown";
import type { Detection } from "../detection";
import {
  detectionToConsole,
  detectionToMarkdown,
  endingLine,
  HEAD,
  HEAD_TONE,
  junitDocument,
  notable,
} from "../writers";
import { fleetHorizon, WORST_FIRST, type FleetDetection } from "./fleet";

/** A detection of several stacks, written for whoever reads it: all in one table, then what is to be known of each. */

export const fleetToJson = (fleet: FleetDetection): string => jsonText(fleet);

export function fleetToConsole(fleet: FleetDetection): Styled {
  const stacks = worstFirst(fleet);
  const width = Math.max(0, ...stacks.map(({ verdict }) => HEAD[verdict].length));
  const names = Math.max(0, ...stacks.map(({ stack }) => stack.length));
  const lines = stacks.map(
    ({ stack, verdict, summary }) =>
      styled`  ${toned(HEAD_TONE[verdict], HEAD[verdict].padEnd(width))}  ${stack.padEnd(names)}  ${summary}`,
  );
  return styledLines([
    ...[
      styled`${fleet.fleet}: ${toned(HEAD_TONE[fleet.verdict], HEAD[fleet.verdict])} (${fleet.summary})`,
      "",
      ...lines,
      ...told(fleet).flatMap((line) => ["", line]),
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
    ...stacks.map(({ stack, verdict, summary }) => `| ${HEAD[verdict]} | ${code(stack)} | ${cell(summary)} |`),
    ...told(fleet).flatMap((line) => ["", cell(line)]),
    "",
    ...withSections(stacks).map(detectionToMarkdown),
  ].join("\n");
}

/** A suite for each stack. */
export const fleetToJUnit = ({ stacks }: FleetDetection): string => junitDocument(stacks);

const worstFirst = ({ stacks }: FleetDetection): Detection[] =>
  WORST_FIRST.flatMap((verdict) => stacks.filter((one) => one.verdict === verdict));

/** Stacks with something to be read; what ends is told for all of them together. */
const withSections = (stacks: readonly Detection[]): Detection[] =>
  stacks.filter((one) => notable(one).length > 0).map(({ horizon: _, ...detection }) => detection);

/** What is told of all stacks together. */
function told(fleet: FleetDetection): string[] {
  const endings = fleetHorizon(fleet)?.endings ?? [];
  return [...proofSentences(fleet), ...endings.map((ending) => endingLine(ending, Date.parse(fleet.detectedAt)))];
}

/** Nothing that was walked must not look like all that was walked. */
function proofSentences({ stacks }: FleetDetection): string[] {
  const proofs = stacks.flatMap(({ proof }) => (proof === undefined ? [] : [proof]));
  if (proofs.length === 0) return [];
  const chains = proofs.flatMap((proof) => proof.chains);
  if (chains.length === 0) return ["No way of the mail is declared in any of them, so none was walked."];
  const n = (state: string) => chains.filter((chain) => chain.state === state).length;
  const parts = [
    `mail gets through ${n("through")} of ${chains.length} declared ways`,
    ...(n("broken") === 0 ? [] : [`not through ${n("broken")}`]),
    ...(n("unknown") === 0 ? [] : [`of ${n("unknown")} nobody can tell`]),
  ];
  return [`In all stacks: ${parts.join(", ")}.`];
}
