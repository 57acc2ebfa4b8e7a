import { ProblemError, type Problem } from "../../core/problem";
import { failure, makePlan, readPlan, type Plan, type RunTerraform, type Stack } from "../../plan";
import { readPolicy } from "../../policy/read-policy";
import { bindingsBetween, changedMeanwhile, judgeFor, reviewPlan, type Review } from "../../review";
import { resourceSchemas } from "../../topology";
import { bindingsIn } from "../bindings";
import type { Surroundings } from "../surroundings";

/** A new plan, to be compared with the reviewed one. Its file exists until it is removed. */
export interface NewPlan {
  readonly stack: Stack;
  readonly plan: Plan;
  readonly review: Review;
  readonly file: string;
  remove(): void;
}

/** Plans a stack once more, after its review. */
export async function planAgain(stack: Stack, run: RunTerraform, surroundings: Surroundings): Promise<NewPlan> {
  const { environment, redactor } = surroundings;
  const { json, file, remove } = await makePlan(stack, { run, environment });
  try {
    const plan = readPlan(json, { source: stack.name, schemas: resourceSchemas(), redactor });
    return { stack, plan, review: reviewNow(plan, stack, surroundings), file, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Whether there is nothing to apply. */
export const isIdle = ({ review }: NewPlan): boolean => review.next.command === "";

export const NOTHING_TO_APPLY = "Nothing to apply: the systems are as the code says.";

/**
 * Applies the plan that was compared, and returns Terraform's summary.
 *
 * @throws ProblemError `review/changed-meanwhile`, `plan/terraform-failed`
 */
export async function applyPlan(
  { stack, plan, review, file }: NewPlan,
  run: RunTerraform,
  surroundings: Surroundings,
): Promise<string> {
  // Terraform starts the providers' executables again: their current content counts.
  const last = reviewNow(plan, stack, surroundings);
  if (last.hash !== review.hash) {
    throw new ProblemError(changedMeanwhile(bindingsBetween(review.bindings, last.bindings).join("\n")));
  }
  const applied = await run(["apply", "-input=false", "-no-color", file], stack.directory);
  if (applied.exitCode !== 0) {
    const problem: Problem = failure("terraform apply", applied);
    throw new ProblemError({ ...problem, evidence: plan.redactor.redact(problem.evidence ?? "") });
  }
  return plan.redactor.redact(summary(applied.stdout));
}

function reviewNow(plan: Plan, stack: Stack, surroundings: Surroundings): Review {
  return reviewPlan(plan, {
    stack: stack.name,
    judge: judgeFor(plan, readPolicy(stack.directory), Date.now),
    bindings: bindingsIn(plan, stack, surroundings),
  });
}

/** The line about what was done; outputs may hold what does not belong into a log. */
function summary(output: string): string {
  return /^Apply complete!.*$/m.exec(output)?.[0] ?? "Applied.";
}
