import type { Problem } from "../../core/problem";

/** What a check says to DMARC, which wants one that passes and is aligned with From. */
export type DmarcStanding = "pass" | "fail" | "unknown";

/** What came of one check. */
export interface AlignmentJudgement {
  /** Before it is asked whether the check is required. */
  readonly status: "passed" | "warning" | "failed" | "unavailable";
  /** False: where the check is required, its stage fails. */
  readonly passes: boolean;
  readonly standing: DmarcStanding;
  readonly detail: string;
  readonly problem?: Problem;
}
