/** Reviews plans like code: which ways open and close, who receives what, what stops alerts, what breaks a rule. */
export { reviewPlan, type ReviewOptions } from "./build";
export {
  anotherPlan,
  boundToPlanAlone,
  changedMeanwhile,
  notACommit,
  notReviewed,
  otherStack,
  reviewOfAnotherCommit,
  reviewOfUncommitted,
  reviewOfUnknown,
} from "./errors";
export { cautionsOf } from "./bound";
export { contradictingReviews, otherSelection, partlyApplied, stackNotReviewed, stacksGone } from "./fleet/errors";
export { findingsOfFleet, fleetToCodeQuality, fleetToJUnit, fleetToSarif } from "./fleet/findings";
export { fleetReview, isNotPlanned, verdictOf, type FleetReview, type OfStack } from "./fleet/fleet";
export { fleetToHtml } from "./fleet/html";
export { fleetToJson } from "./fleet/json";
export { fleetToMarkdown } from "./fleet/markdown";
export { readReviewedFleet, type ReviewedFleet } from "./fleet/reviewed";
export { isSameSelection, selectionOf, selectionText, type Selection } from "./fleet/selection";
export { findingsOf, toCodeQuality, toJUnit, toSarif } from "./findings";
export { readHeader, renderHeader } from "./header";
export { toHtml } from "./html";
export { toJson } from "./json";
export { judgeFor } from "./judge";
export { contradicted, keyOfSelection, keyOfStack, markOf, type Mark, type ReviewKey } from "./mark";
export { COMMENT_LIMIT, toMarkdown } from "./markdown";
export {
  notPlannedFindings,
  notPlannedReview,
  notPlannedToHtml,
  notPlannedToJson,
  notPlannedToMarkdown,
  type NotPlanned,
} from "./not-planned";
export { redactedReview } from "./redacted";
export type { Review } from "./review";
export { bindingsBetween, differenceBetween, readReviewed, reviewedHash, type Reviewed } from "./reviewed";
