import { sortFindings, type Finding } from "../../core/finding";
import { findingsOfFilesToCodeQuality, findingsOfFilesToSarif, suitesToJUnit } from "../../findings";
import { findingsOf } from "../findings";
import { notPlannedFindings } from "../not-planned";
import { isNotPlanned, type FleetReview, type OfStack } from "./fleet";

/** The file of a stack that findings are shown at. */
export type ArtifactOf = (stack: string) => string;

/** What was found of each stack. Two stacks have the same addresses, so that the stack stands in front of them. */
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

/** A suite for each stack. */
export function fleetToJUnit({ stacks }: FleetReview): string {
  return suitesToJUnit(
    stacks.map((one) => ({
      suite: `review of ${one.stack}`,
      findings: findingsIn(one),
      passed: isNotPlanned(one) ? [] : one.policy.passed,
    })),
  );
}
