import { sortFindings } from "../core/finding";
import { jsonText, type JsonDocument } from "../core/json-document";
import { inOrder } from "../findings/json";
import type { JudgedFinding, Review, Stop } from "./review";

export const REVIEW_FORMAT = "outbound-review/1";

/** What a plan means for the alerts: the whole review, without secrets. `apply-reviewed` compares with it. */
export interface ReviewDocument extends JsonDocument<typeof REVIEW_FORMAT>, Review {}

/** The whole review as JSON. The same review gives the same bytes. */
export const toJson = (review: Review): string => jsonText(reviewDocument(review));

export function reviewDocument(review: Review): ReviewDocument {
  const { policy, stops, ...rest } = review;
  return {
    format: REVIEW_FORMAT,
    ...rest,
    stops: stops.map(judged),
    policy: {
      findings: policy.findings.map(judged),
      resolved: sortFindings(policy.resolved).map(inOrder),
      passed: policy.passed,
      notApplicable: policy.notApplicable,
    },
  };
}

function judged({ byThisChange, ...finding }: Stop | JudgedFinding): JudgedFinding {
  return { ...inOrder(finding), byThisChange };
}
