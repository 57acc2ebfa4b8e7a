import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { failure, findStack, readPlan, withPlan } from "../../plan";
import { readPolicy } from "../../policy/policy-file";
import {
  anotherPlan,
  differenceBetween,
  judgeFor,
  otherStack,
  readReviewed,
  reviewedHash,
  reviewPlan,
  type Reviewed,
} from "../../review";
import { resourceSchemas } from "../../topology";
import { asUsage, badOption, fileUnreadable } from "../errors";
import { ExitCode } from "../exit-code";
import type { Runner } from "../runner";
import { terraformRunner } from "../run-terraform";
import type { Surroundings } from "../surroundings";

interface Options {
  readonly output: string;
  readonly review?: string;
  readonly hash?: string;
}

const help = `
It plans again, compares the hash of that plan with the one in the review, and applies exactly this plan when both are the
same. Secrets are no part of the hash: it is printed in public, and would tell them to whoever tries them all.
An empty plan is no error: what was reviewed is applied already.`;

/** `outbound apply-reviewed`: applies what was agreed to, or nothing. */
export function applyReviewedCommand(program: Command, runner: Runner): void {
  program
    .command("apply-reviewed")
    .summary("apply a stack only if its plan is the one that was reviewed")
    .description("Applies the plan that was reviewed, and refuses any other with the differences.")
    .argument("[stack]", "the stack; needed when the app has several")
    .option("--review <file>", "the review: its JSON (shows the differences best) or its Markdown")
    .option("--hash <hash>", "the hash at the end of the review, sha256:...")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out")
    .addHelpText("after", help)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => apply(stack, options, surroundings)),
    );
}

async function apply(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { environment, workingDirectory, err, out, redactor } = surroundings;
  const reviewed = asUsage(() => agreed(options, workingDirectory));
  const stack = findStack(resolve(workingDirectory, options.output), name ?? reviewed.stack);
  if (reviewed.stack !== undefined && reviewed.stack !== stack.name) {
    throw new ProblemError(otherStack(reviewed.stack, stack.name));
  }
  const run = await terraformRunner(surroundings);
  err(`Planning ${stack.name} …`);
  return withPlan(stack, { run, environment }, async (json, planFile) => {
    const plan = readPlan(json, { source: stack.name, schemas: resourceSchemas(), redactor });
    const now = reviewPlan(plan, { stack: stack.name, judge: judgeFor(plan, readPolicy(stack.directory), Date.now) });
    if (now.next.command === "") {
      out("Nothing to apply: the systems are as the code says.");
      return ExitCode.ok;
    }
    if (plan.hash !== reviewed.hash) {
      throw new ProblemError(anotherPlan(reviewed.hash, plan.hash, differenceBetween(reviewed, now)));
    }
    err(`The plan is the one that was reviewed. Applying ${stack.name} …`);
    const applied = await run(["apply", "-input=false", "-no-color", planFile], stack.directory);
    if (applied.exitCode !== 0) {
      const problem = failure("terraform apply", applied);
      throw new ProblemError({ ...problem, evidence: plan.redactor.redact(problem.evidence ?? "") });
    }
    out(plan.redactor.redact(summary(applied.stdout)));
    return ExitCode.ok;
  });
}

function agreed({ review, hash }: Options, workingDirectory: string): Reviewed {
  if (hash !== undefined && review === undefined) return reviewedHash(hash);
  if (review === undefined || hash !== undefined) {
    throw badOption(
      "--review",
      review === undefined ? "neither --review nor --hash" : "both --review and --hash",
      "one of them",
    );
  }
  let text: string;
  try {
    text = readFileSync(resolve(workingDirectory, review), "utf8");
  } catch (error) {
    throw new ProblemError(fileUnreadable(review, (error as Error).message));
  }
  return readReviewed(text, review);
}

/** What was done; outputs may hold what nobody needs to read in a log. */
function summary(output: string): string {
  return /^Apply complete!.*$/m.exec(output)?.[0] ?? "Applied.";
}
