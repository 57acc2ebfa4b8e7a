import type { Problem } from "../../core/problem";

/** The contribution of a check to DMARC, which needs one that passes and is aligned with From. */
export type DmarcStanding = "pass" | "fail" | "unknown";

/** The result of one check. */
export interface AlignmentJudgement {
  /** The status before it is known whether the check is required. */
  readonly status: "passed" | "warning" | "failed" | "unavailable";
  /** False: the stage fails where the check is required. */
  readonly passes: boolean;
  readonly standing: DmarcStanding;
  readonly detail: string;
  readonly problem?: Problem;
}
