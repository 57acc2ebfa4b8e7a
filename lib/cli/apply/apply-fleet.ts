import { inParallel } from "../../core/in-parallel";
import { problemAt, ProblemError, type Problem } from "../../core/problem";
import { Redactor } from "../../core/redaction";
import type { RunTerraform, Stack } from "../../plan";
import {
  anotherPlan,
  differenceBetween,
  partlyApplied,
  redactedReview,
  stacksGone,
  stackNotReviewed,
  type ReviewedFleet,
} from "../../review";
import { problemsIn } from "../errors";
import { ExitCode } from "../exit-code";
import { terraformRunner } from "../run-terraform";
import type { Surroundings } from "../surroundings";
import { applyPlan, isIdle, NOTHING_TO_APPLY, planAgain, type NewPlan } from "./plan-again";

export interface FleetToApply {
  /** The selection as text. */
  readonly name: string;
  readonly stacks: readonly Stack[];
  /** The reviewed state; undefined without a review. */
  readonly reviewed: ReviewedFleet | undefined;
  /** The problem when there is no review. */
  readonly notReviewed: () => Problem;
  readonly parallelism: number;
}

/**
 * Applies several stacks, each with its reviewed plan. Nothing is applied in any of them before all are planned again
 * and compared.
 */
export async function applyFleet(fleet: FleetToApply, surroundings: Surroundings): Promise<ExitCode> {
  const gone = [...(fleet.reviewed?.stacks.keys() ?? [])].filter(
    (name) => !fleet.stacks.some((stack) => stack.name === name),
  );
  if (gone.length > 0) throw new ProblemError(stacksGone(gone, fleet.name));
  const made: NewPlan[] = [];
  try {
    const planned = await planAll(fleet, made, surroundings);
    const idle = planned.filter(({ plan }) => isIdle(plan));
    const rest = planned.filter(({ plan }) => !isIdle(plan));
    const refusals = rest.flatMap((one) => refusal(one, fleet, surroundings) ?? []);
    refuseAll(refusals, planned.length, surroundings);
    for (const { plan } of idle) reportStack(plan, NOTHING_TO_APPLY, surroundings);
    if (rest.length === 0) return ExitCode.ok;
    surroundings.err(`Every plan is the one that was reviewed. Applying ${rest.length} of ${planned.length} stacks …`);
    await applyAll(rest, fleet.parallelism, surroundings);
    return ExitCode.ok;
  } finally {
    for (const plan of made) plan.remove();
  }
}

/** A stack's plan, with a redactor of its own: another stack's secrets must not change its hash. */
interface Planned {
  readonly plan: NewPlan;
  readonly run: RunTerraform;
  readonly surroundings: Surroundings;
}

/** @param made receives each plan, so that all are removed in every case */
async function planAll(
  { stacks, parallelism }: FleetToApply,
  made: NewPlan[],
  surroundings: Surroundings,
): Promise<readonly Planned[]> {
  const { err, interrupted, redactor } = surroundings;
  const known = new Redactor();
  known.include(redactor);
  const problems: Problem[] = [];
  let done = 0;
  const planned = await inParallel(stacks, parallelism, async (stack): Promise<Planned[]> => {
    const own = new Redactor();
    own.include(known);
    const inside = { ...surroundings, redactor: own };
    err(`Planning ${stack.name} …`);
    try {
      const run = await terraformRunner(inside);
      const plan = await planAgain(stack, run, inside);
      made.push(plan);
      err(`${stack.name}: planned (${++done} of ${stacks.length})`);
      return [{ plan, run, surroundings: inside }];
    } catch (error) {
      if (interrupted.aborted) throw error;
      problems.push(...problemsOf(error, stack.name));
      err(`${stack.name}: could not plan (${++done} of ${stacks.length})`);
      return [];
    } finally {
      redactor.include(own);
    }
  });
  refuseAll(problems, stacks.length, surroundings);
  return planned.flat();
}

/** A problem with one stack stops all of them. */
function refuseAll(problems: readonly Problem[], stacks: number, { err }: Surroundings): void {
  if (problems.length === 0) return;
  err(`Nothing is applied in any of the ${stacks} stacks.`);
  throw new ProblemError(...problems);
}

const problemsOf = (error: unknown, stack: string): Problem[] =>
  problemsIn(error).map((one) => problemAt([stack], one));

function refusal({ plan }: Planned, fleet: FleetToApply, { redactor }: Surroundings): Problem | undefined {
  const { stack, review } = plan;
  if (fleet.reviewed === undefined) return problemAt([stack.name], fleet.notReviewed());
  const reviewed = fleet.reviewed.stacks.get(stack.name);
  if (reviewed === undefined) return problemAt([stack.name], stackNotReviewed(stack.name, fleet.name));
  if (reviewed.hash === review.hash) return undefined;
  const difference = differenceBetween(reviewed, redactedReview(review, redactor));
  return problemAt([stack.name], anotherPlan(reviewed.hash, review.hash, difference));
}

function reportStack({ stack }: NewPlan, what: string, { print }: Surroundings): void {
  print(`${stack.name}: ${what}`);
}

async function applyAll(all: readonly Planned[], parallelism: number, surroundings: Surroundings): Promise<void> {
  const applied: string[] = [];
  const failed = new Map<string, readonly Problem[]>();
  try {
    await inParallel(all, parallelism, async ({ plan, run, surroundings: inside }) => {
      const { name } = plan.stack;
      surroundings.err(`Applying ${name} …`);
      try {
        const said = await applyPlan(plan, run, inside);
        applied.push(name);
        reportStack(plan, said, surroundings);
      } catch (error) {
        failed.set(name, problemsOf(error, name));
        surroundings.err(`${name}: could not be applied`);
        throw error;
      }
    });
  } catch (error) {
    const begun = [...applied, ...failed.keys()];
    const rest = all.map(({ plan }) => plan.stack.name).filter((name) => !begun.includes(name));
    const sum = partlyApplied({ applied, failed: [...failed.keys()], rest });
    // After an interruption nothing else is reported.
    if (surroundings.interrupted.aborted) surroundings.err(`${sum.summary}: ${sum.got!}`);
    else throw new ProblemError(...[...failed.values()].flat(), sum);
    throw error;
  }
}
