import type { Problem } from "../../core/problem";

/** The result of one check: what was seen, and what is wrong with it, if anything. */
export interface CheckFinding {
  readonly subject: string;
  readonly seen: string;
  readonly problem?: Problem;
}

/** A check that failed; it has seen what the problem got. */
export const wrong = (subject: string, problem: Problem): CheckFinding => ({
  subject,
  seen: problem.got ?? "missing",
  problem,
});
