import { sortFindings, type Finding } from "../core/finding";
import { findingsToJUnit, findingsToSarif } from "../findings";
import type { Review } from "./review";

/** What stops alerts and what breaks a rule, in one list for code scanning and test reports. */
export function findingsOf({ stops, policy }: Review): Finding[] {
  return sortFindings([...stops, ...policy.findings].map(({ byThisChange: _, ...finding }) => finding));
}

export function toSarif(review: Review, options: { readonly version: string; readonly artifact?: string }): string {
  return findingsToSarif(findingsOf(review), options);
}

export function toJUnit(review: Review): string {
  return findingsToJUnit(findingsOf(review), { suite: `review of ${review.stack}`, passed: review.policy.passed });
}
