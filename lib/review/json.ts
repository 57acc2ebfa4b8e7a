import { sortFindings } from "../core/finding";
import { printableJson } from "../core/printable";
import { inOrder } from "../findings/json";
import type { JudgedFinding, Review, Stop } from "./review";

export const REVIEW_VERSION = 1;

/** The whole review for machines, and what `apply-reviewed` compares with. The same review gives the same bytes. */
export function toJson(review: Review): string {
  const { policy, stops, ...rest } = review;
  const json = {
    kind: "outbound-review",
    version: REVIEW_VERSION,
    ...rest,
    stops: stops.map(judged),
    policy: {
      findings: policy.findings.map(judged),
      resolved: sortFindings(policy.resolved).map(inOrder),
      passed: policy.passed,
      notApplicable: policy.notApplicable,
    },
  };
  return `${printableJson(json, 2)}\n`;
}

function judged({ byThisChange, ...finding }: Stop | JudgedFinding) {
  return { ...inOrder(finding), byThisChange };
}
