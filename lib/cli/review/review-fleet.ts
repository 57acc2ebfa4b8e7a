import { resolve } from "node:path";
import { inParallel } from "../../core/in-parallel";
import { problemAt, type Problem } from "../../core/problem";
import { Redactor } from "../../core/redaction";
import { someOf } from "../../core/some-of";
import { findStacksNamed } from "../../plan";
import {
  fleetReview,
  isNotPlanned,
  notPlannedReview,
  verdictOf,
  type FleetReview,
  type OfStack,
  type Selection,
} from "../../review";
import { problemsIn } from "../errors";
import type { Surroundings } from "../surroundings";
import { hasUncommitted, reviewStack, reportCautions, reportUncommitted, type CodeState } from "./review-stack";

export interface PlanFleetOptions {
  readonly output: string;
  readonly parallelism: number;
}

/** The review of several stacks, and the problems of those that could not be planned. */
export interface MadeFleetReview {
  readonly review: FleetReview;
  readonly problems: readonly Problem[];
}

/** Plans several stacks at the same time. One that cannot be planned is reported, and does not stop the others. */
export async function reviewFleet(
  selection: Selection,
  { output, parallelism }: PlanFleetOptions,
  code: CodeState,
  surroundings: Surroundings,
): Promise<MadeFleetReview> {
  const { err, workingDirectory, interrupted, redactor } = surroundings;
  const failures = new Map<string, readonly Problem[]>();
  const failed = (stack: string, error: unknown, secrets: Redactor): OfStack => {
    if (interrupted.aborted) throw error;
    const problems = problemsIn(error);
    failures.set(stack, problems);
    return notPlannedReview(problems, { stack, commit: code.commit, now: Date.now(), redactor: secrets });
  };
  const names = () => findStacksNamed(resolve(workingDirectory, output), selection).map(({ name }) => name);
  let done = 0;
  const known = new Redactor();
  known.include(redactor);
  const planAll = (stacks: readonly string[]) =>
    inParallel(stacks, parallelism, async (stack): Promise<OfStack> => {
      // A redactor of its own: another stack's secrets must not change this one's hash.
      const own = new Redactor();
      own.include(known);
      try {
        return await reviewStack(stack, { output }, code, { ...surroundings, redactor: own });
      } catch (error) {
        return failed(stack, error, own);
      } finally {
        redactor.include(own);
        err(`${stack}: ${failures.has(stack) ? "could not plan" : "planned"} (${++done} of ${stacks.length})`);
      }
    });
  let stacks: readonly OfStack[];
  try {
    stacks = await planAll(names());
  } catch (error) {
    // When the stacks are not known, the comment of an earlier commit must not stay as it is.
    stacks = selection.map((name) => failed(name, error, redactor));
  }
  const review = fleetReview(stacks, {
    selection,
    commit: code.commit,
    uncommitted: hasUncommitted(code),
    redactor,
  });
  return { review, problems: grouped(failures) };
}

/** Merges equal problems of several stacks. */
function grouped(failures: ReadonlyMap<string, readonly Problem[]>): Problem[] {
  const groups = new Map<string, { readonly problem: Problem; readonly stacks: string[] }>();
  for (const [stack, problems] of failures) {
    for (const problem of problems) {
      const key = JSON.stringify(problem);
      const group = groups.get(key) ?? { problem, stacks: [] };
      group.stacks.push(stack);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ problem, stacks }) => problemAt([someOf(stacks, 5)], problem));
}

/** Prints the facts that the log has to show too: for each stack, and for all together. */
export function reportFleet(review: FleetReview, code: CodeState, surroundings: Surroundings): void {
  for (const one of review.stacks) if (!isNotPlanned(one)) reportCautions(one, surroundings);
  reportUncommitted(review.fleet, code, surroundings);
  for (const one of review.stacks) surroundings.err(`${one.stack}: ${verdictOf(one)}`);
  surroundings.err(`${review.fleet}: ${review.verdict.line}`);
}
