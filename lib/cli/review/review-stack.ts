import { printable } from "../../core/printable";
import { someOf } from "../../core/some-of";
import { cautionsOf, judgeFor, reviewPlan, type Review } from "../../review";
import { bindingsIn } from "../bindings";
import { NO_ANSWER_OF_GIT } from "../commit";
import { constructsOf, planOf, type StackSource } from "../stack-source";
import type { Surroundings } from "../surroundings";
import { commandByName } from "../terraform-name";

/** The state of the planned code. */
export interface CodeState {
  readonly commit: string | undefined;
  /** Files with changes that are in no commit; undefined when git did not say. */
  readonly uncommitted: readonly string[] | undefined;
}

export const hasUncommitted = ({ uncommitted }: CodeState): boolean | null =>
  uncommitted === undefined ? null : uncommitted.length > 0;

/** Plans one stack, or reads its plan, and reviews it. */
export async function reviewStack(
  name: string | undefined,
  options: StackSource,
  code: CodeState,
  surroundings: Surroundings,
): Promise<Review> {
  const { name: stack, plan, policy, stack: synthesised } = await planOf(name, options, surroundings);
  return reviewPlan(plan, {
    stack,
    judge: judgeFor(plan, policy, Date.now),
    constructs: synthesised === undefined ? undefined : constructsOf(synthesised),
    bindings: bindingsIn(plan, synthesised, surroundings),
    commit: code.commit,
    uncommitted: hasUncommitted(code),
    terraform: commandByName(surroundings.environment),
  });
}

/** Prints the facts about a stack that the log has to show too. */
export function reportCautions({ stack, bindings }: Review, { err }: Surroundings): void {
  for (const { name, lines } of cautionsOf(bindings)) {
    err(`${stack}: no rule can judge ${name}${lines.length === 0 ? "" : `: ${printable(lines.join(", "))}`}`);
  }
}

/** @param name of the stack, or the selection as text */
export function reportUncommitted(name: string, { uncommitted }: CodeState, { err }: Surroundings): void {
  if (uncommitted === undefined) err(`${name}: ${NO_ANSWER_OF_GIT}`);
  else if (uncommitted.length > 0) err(`${name}: with uncommitted changes in ${printable(someOf(uncommitted))}`);
}
