import { sortFindings, type Finding } from "../core/finding";
import { findingsToCodeQuality, findingsToJUnit, findingsToSarif } from "../findings";
import type { AddressMove, Review } from "./review";

/** Renames, stops and broken rules in one list, for code scanning and test reports. */
export function findingsOf({ moves, stops, policy }: Review): Finding[] {
  return sortFindings([
    ...moves.map(plain),
    ...[...stops, ...policy.findings].map(({ byThisChange: _, ...finding }) => finding),
  ]);
}

const plain = ({ severity, id, path, summary, why, fix }: AddressMove): Finding => ({
  severity,
  id,
  path,
  summary,
  why,
  fix,
});

export function toSarif(review: Review, options: { readonly version: string; readonly artifact?: string }): string {
  return findingsToSarif(findingsOf(review), options);
}

export function toCodeQuality(review: Review, artifact: string): string {
  return findingsToCodeQuality(findingsOf(review), artifact);
}

export function toJUnit(review: Review): string {
  return findingsToJUnit(findingsOf(review), { suite: `review of ${review.stack}`, passed: review.policy.passed });
}
