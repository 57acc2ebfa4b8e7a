/** Plans reviewed like code: what becomes reachable, who receives what, what stops alerts, what breaks a rule. */
export { reviewPlan, type Judge, type Judgement, type ReviewOptions } from "./build";
export { anotherPlan, notReviewed, otherStack } from "./errors";
export { findingsOf, toCodeQuality, toJUnit, toSarif } from "./findings";
export { readHeader, renderHeader, type Header } from "./header";
export { toHtml } from "./html";
export { toJson } from "./json";
export { judgeFor } from "./judge";
export { COMMENT_LIMIT, toMarkdown } from "./markdown";
export type { Review } from "./review";
export { differenceBetween, readReviewed, reviewedHash, type Reviewed } from "./reviewed";
