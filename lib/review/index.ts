/** Plans reviewed like code: what becomes reachable, who receives what, what stops alerts, what breaks a rule. */
export { reviewPlan, type Judge, type Judgement, type ReviewOptions } from "./build";
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
export { CAUTIONS_TITLE, cautionsOf } from "./bound";
export { findingsOf, toCodeQuality, toJUnit, toSarif } from "./findings";
export { readHeader, renderHeader, type Header } from "./header";
export { toHtml } from "./html";
export { toJson } from "./json";
export { judgeFor } from "./judge";
export { COMMENT_LIMIT, toMarkdown } from "./markdown";
export {
  notPlannedFindings,
  notPlannedReview,
  notPlannedToHtml,
  notPlannedToJson,
  notPlannedToMarkdown,
  type NotPlanned,
} from "./not-planned";
export type { Review } from "./review";
export { bindingsBetween, differenceBetween, readReviewed, reviewedHash, type Reviewed } from "./reviewed";
