import type { Problem } from "../../core/problem";

/** One thing looked at: what was seen, and what is wrong with it, if anything is. */
export interface CheckFinding {
  readonly subject: string;
  readonly seen: string;
  readonly problem?: Problem;
}

/** A problem's finding; what it got is what was seen. */
export const wrong = (subject: string, problem: Problem): CheckFinding => ({
  subject,
  seen: problem.got ?? "missing",
  problem,
});
