import { sortFindings, type Finding } from "../../core/finding";
import { findingsOfFilesToCodeQuality, findingsOfFilesToSarif, suitesToJUnit } from "../../findings";
import { findingsOf } from "../findings";
import { notPlannedFindings } from "../not-planned";
import { isNotPlanned, type FleetReview, type OfStack } from "./fleet";

/** The file at which the findings of a stack are shown. */
export type ArtifactOf = (stack: string) => string;

/** The findings of all stacks. Their paths begin with the stack, since stacks may have the same addresses. */
export function findingsOfFleet({ stacks }: FleetReview): Finding[] {
  return sortFindings(stacks.flatMap(placed));
}

const findingsIn = (one: OfStack) => (isNotPlanned(one) ? notPlannedFindings(one) : findingsOf(one));

const placed = (one: OfStack): Finding[] =>
  findingsIn(one).map((finding) => ({
    ...finding,
    path: finding.path === "" ? one.stack : `${one.stack}: ${finding.path}`,
  }));

const byFile = ({ stacks }: FleetReview, artifact: ArtifactOf) =>
  stacks.map((one) => ({ findings: placed(one), artifact: artifact(one.stack) }));

export function fleetToSarif(fleet: FleetReview, version: string, artifact: ArtifactOf): string {
  return findingsOfFilesToSarif(byFile(fleet, artifact), version);
}

export function fleetToCodeQuality(fleet: FleetReview, artifact: ArtifactOf): string {
  return findingsOfFilesToCodeQuality(byFile(fleet, artifact));
}

/** Writes a suite for each stack. */
export function fleetToJUnit({ stacks }: FleetReview): string {
  return suitesToJUnit(
    stacks.map((one) => ({
      suite: `review of ${one.stack}`,
      findings: findingsIn(one),
      passed: isNotPlanned(one) ? [] : one.policy.passed,
    })),
  );
}
