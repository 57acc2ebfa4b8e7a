import { resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { findStack, findStacksNamed } from "../../plan";
import {
  anotherPlan,
  boundToPlanAlone,
  differenceBetween,
  isSameSelection,
  keyOfSelection,
  keyOfStack,
  notReviewed,
  otherSelection,
  otherStack,
  selectionOf,
  selectionText,
  type Selection,
} from "../../review";
import { agreed, isOfFleet, type Agreed, type AgreedOptions } from "../apply/agreed";
import { applyFleet } from "../apply/apply-fleet";
import { mergedReview } from "../apply/merged-review";
import { applyPlan, isIdle, NOTHING_TO_APPLY, planAgain } from "../apply/plan-again";
import { asUsage, badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { forgeFrom, forgeOptions, type ForgeOptions } from "../forge-options";
import { terraformRunner } from "../run-terraform";
import type { Runner } from "../runner";
import { isFleet, parallelismOf, stackOptions, type StackOptions } from "../stack-options";
import type { Surroundings } from "../surroundings";

interface Options extends ForgeOptions, AgreedOptions, StackOptions {
  readonly output: string;
}

const help = `
It plans again, compares the hash with the one in the review, and applies exactly this plan when both are the same. The hash
covers what is planned and what else decides about the apply: configuration of providers, provisioners and connections,
actions, conditions, backend, locks, executables of providers, other files of the stack, variables, TF_CLI_ARGS and the
variables of the environment that say where systems are, or a vendor's file such as ovh.conf. Secrets are no part of it: it is
printed in public, and would tell them to whoever tries them all.
An empty plan is no error: what was reviewed is applied already.

In a pipeline, after the merge, --merged fetches the review from the comments of the pull or merge request by which the
commit of this job was merged (see \`outbound comment\`), and applies it only when it is of the last commit of that request,
however it was merged, and of nothing that was in no commit. Without any review there must be nothing to do. With --review as well, that file is taken in place of
the comment, such as an artifact of the review's job.

Of several stacks, name what the review was made of, with the same patterns. Nothing is applied in any of them before ALL were
planned again and compared: a plan that is another one, a stack with changes that was added after the review, and one that is
gone refuse everything. Then they are applied side by side. After one that fails no further one is begun; those that are running
are finished, and it says which were applied, which failed and which were not begun. Run it again when that is put right: what is
applied has nothing left to do. --hash is of one stack; the review of several stands in its file, or in the comment.`;

/** `outbound apply-reviewed`: applies exactly what was agreed to, or nothing. */
export function applyReviewedCommand(command: Command, runner: Runner): void {
  command.description("Applies the plan that was reviewed, and refuses any other with the differences.");
  stackOptions(command)
    .option("--review <file>", "the review: its JSON (shows the differences best) or its Markdown")
    .option("--hash <hash>", "the hash at the end of the review of one stack, sha256:...")
    .option("--merged", "the review in the request by which the commit of this job was merged")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out");
  forgeOptions(command)
    .addHelpText("after", help)
    .action((names: readonly string[], options: Options) =>
      runner.run((surroundings) => apply(names, options, surroundings)),
    );
}

async function apply(names: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const parallelism = parallelismOf(options);
  const given = asUsage(() => agreed(options, surroundings.workingDirectory));
  const selection = names.length === 0 && isOfFleet(given) ? given.selection : selectionOf(names);
  return isFleet(selection)
    ? several(selection, given, parallelism, options, surroundings)
    : one(selection[0], given, options, surroundings);
}

async function one(
  name: string | undefined,
  given: Agreed | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { workingDirectory, err, print } = surroundings;
  if (isOfFleet(given)) throw new ProblemError(otherSelection(selectionText(given.selection), name ?? ""));
  const stack = findStack(resolve(workingDirectory, options.output), name ?? given?.stack);
  const job = options.merged === true ? forgeFrom(options, surroundings) : undefined;
  const wanted = { key: keyOfStack(stack.name), name: stack.name };
  const reviewed = job === undefined ? given : await mergedReview(job, wanted, given, surroundings);
  if (isOfFleet(reviewed)) throw new ProblemError(otherSelection(selectionText(reviewed.selection), stack.name));
  if (reviewed?.boundTo === "plan") throw new ProblemError(boundToPlanAlone());
  if (reviewed?.stack !== undefined && reviewed.stack !== stack.name) {
    throw new ProblemError(otherStack(reviewed.stack, stack.name));
  }
  const run = await terraformRunner(surroundings);
  err(`Planning ${stack.name} …`);
  const plan = await planAgain(stack, run, surroundings);
  try {
    if (isIdle(plan)) {
      print(NOTHING_TO_APPLY);
      return ExitCode.ok;
    }
    if (reviewed === undefined) throw new ProblemError(notReviewed(job!.forge.request, job!.commit()));
    const { review } = plan;
    if (review.hash !== reviewed.hash) {
      throw new ProblemError(anotherPlan(reviewed.hash, review.hash, differenceBetween(reviewed, review)));
    }
    err(`The plan is the one that was reviewed. Applying ${stack.name} …`);
    print(await applyPlan(plan, run, surroundings));
    return ExitCode.ok;
  } finally {
    plan.remove();
  }
}

async function several(
  selection: Selection,
  given: Agreed | undefined,
  parallelism: number,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const name = selectionText(selection);
  if (options.hash !== undefined) {
    throw badOption("--hash", options.hash, "--review or --merged for several stacks: a hash is of one");
  }
  const stacks = findStacksNamed(resolve(surroundings.workingDirectory, options.output), selection);
  const job = options.merged === true ? forgeFrom(options, surroundings) : undefined;
  const wanted = { key: keyOfSelection(selection), name };
  const reviewed = job === undefined ? given : await mergedReview(job, wanted, given, surroundings);
  if (reviewed !== undefined && !isOfFleet(reviewed)) {
    throw new ProblemError(otherSelection(reviewed.stack ?? "", name));
  }
  if (reviewed !== undefined && !isSameSelection(reviewed.selection, selection)) {
    throw new ProblemError(otherSelection(selectionText(reviewed.selection), name));
  }
  return applyFleet(
    {
      name,
      stacks,
      reviewed,
      notReviewed: () => notReviewed(job!.forge.request, job!.commit()),
      parallelism,
    },
    surroundings,
  );
}
