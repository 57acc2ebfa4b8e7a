import { jsonText, type JsonDocument } from "../../core/json-document";
import { reviewDocument, type ReviewDocument } from "../json";
import { notPlannedDocument, type NotPlannedDocument } from "../not-planned";
import { isNotPlanned, type FleetReview } from "./fleet";

export const FLEET_REVIEW_FORMAT = "outbound-fleet-review/1";

/** What a change means for the alerts of several stacks. `apply-reviewed` compares with it. */
export interface FleetReviewDocument extends JsonDocument<typeof FLEET_REVIEW_FORMAT>, Omit<FleetReview, "stacks"> {
  /** By name, each as `outbound review` writes the review of one stack. */
  readonly stacks: readonly (ReviewDocument | NotPlannedDocument)[];
}

/** The whole review as JSON. The same review gives the same bytes. */
export function fleetToJson({ stacks, ...rest }: FleetReview): string {
  const document: FleetReviewDocument = {
    format: FLEET_REVIEW_FORMAT,
    ...rest,
    stacks: stacks.map((one) => (isNotPlanned(one) ? notPlannedDocument(one) : reviewDocument(one))),
  };
  return jsonText(document);
}
