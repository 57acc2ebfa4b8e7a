import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { findComment, type Forge, type JobForge, type MergedRequest } from "../../forge";
import { failure, findStack, readPlan, withPlan, type Plan, type Stack } from "../../plan";
import { readPolicy } from "../../policy/policy-file";
import {
  anotherPlan,
  bindingsBetween,
  boundToPlanAlone,
  changedMeanwhile,
  differenceBetween,
  judgeFor,
  notReviewed,
  otherStack,
  readHeader,
  readReviewed,
  reviewedHash,
  reviewOfAnotherCommit,
  reviewOfUncommitted,
  reviewOfUnknown,
  reviewPlan,
  type Review,
  type Reviewed,
} from "../../review";
import { resourceSchemas } from "../../topology";
import { bindingsIn } from "../bindings";
import { asUsage, badOption, fileUnreadable } from "../errors";
import { ExitCode } from "../exit-code";
import { forgeFrom, forgeOptions, type ForgeOptions } from "../forge-options";
import type { Runner } from "../runner";
import { terraformRunner } from "../run-terraform";
import type { Surroundings } from "../surroundings";

interface Options extends ForgeOptions {
  readonly output: string;
  readonly review?: string;
  readonly hash?: string;
  readonly merged?: boolean;
}

const help = `
It plans again, compares the hash with the one in the review, and applies exactly this plan when both are the same. The hash
covers what is planned and what else decides about the apply: configuration of providers, provisioners and connections,
conditions, backend, locks, executables of providers, other files of the stack, variables, TF_CLI_ARGS and the variables of
the environment that say where systems are, or a vendor's file such as ovh.conf. Secrets are no part of it: it is printed in
public, and would tell them to whoever tries them all.
An empty plan is no error: what was reviewed is applied already.

In a pipeline, after the merge, --merged fetches the review from the comments of the pull or merge request by which the
commit of this job was merged (see \`outbound comment\`), and applies it only when it is of the last commit of that request,
however it was merged, and of nothing that was in no commit. Without any review there must be nothing to do. With --review as well, that file is taken in place of
the comment, such as an artifact of the review's job.`;

/** `outbound apply-reviewed`: applies what was agreed to, or nothing. */
export function applyReviewedCommand(command: Command, runner: Runner): void {
  command
    .description("Applies the plan that was reviewed, and refuses any other with the differences.")
    .argument("[stack]", "the stack; needed when the app has several")
    .option("--review <file>", "the review: its JSON (shows the differences best) or its Markdown")
    .option("--hash <hash>", "the hash at the end of the review, sha256:...")
    .option("--merged", "the review in the request by which the commit of this job was merged")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out");
  forgeOptions(command)
    .addHelpText("after", help)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => apply(stack, options, surroundings)),
    );
}

async function apply(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { environment, workingDirectory, err, tell, redactor } = surroundings;
  const given = asUsage(() => agreed(options, workingDirectory));
  const stack = findStack(resolve(workingDirectory, options.output), name ?? given?.stack);
  const job = options.merged === true ? forgeFrom(options, surroundings) : undefined;
  const reviewed = job === undefined ? given : await merged(job, stack.name, given, surroundings);
  if (reviewed?.boundTo === "plan") throw new ProblemError(boundToPlanAlone());
  if (reviewed?.stack !== undefined && reviewed.stack !== stack.name) {
    throw new ProblemError(otherStack(reviewed.stack, stack.name));
  }
  const run = await terraformRunner(surroundings);
  err(`Planning ${stack.name} …`);
  return withPlan(stack, { run, environment }, async (json, planFile) => {
    const plan = readPlan(json, { source: stack.name, schemas: resourceSchemas(), redactor });
    const look = () => reviewNow(plan, stack, surroundings);
    const now = look();
    if (now.next.command === "") {
      tell("Nothing to apply: the systems are as the code says.");
      return ExitCode.ok;
    }
    if (reviewed === undefined) throw new ProblemError(notReviewed(job!.forge.request, job!.commit()));
    if (now.hash !== reviewed.hash) {
      throw new ProblemError(anotherPlan(reviewed.hash, now.hash, differenceBetween(reviewed, now)));
    }
    err(`The plan is the one that was reviewed. Applying ${stack.name} …`);
    // Executables of providers are started anew: what lies there now counts.
    const last = look();
    if (last.hash !== now.hash) {
      throw new ProblemError(changedMeanwhile(bindingsBetween(now.bindings, last.bindings).join("\n")));
    }
    const applied = await run(["apply", "-input=false", "-no-color", planFile], stack.directory);
    if (applied.exitCode !== 0) {
      const problem = failure("terraform apply", applied);
      throw new ProblemError({ ...problem, evidence: plan.redactor.redact(problem.evidence ?? "") });
    }
    tell(plan.redactor.redact(summary(applied.stdout)));
    return ExitCode.ok;
  });
}

function reviewNow(plan: Plan, stack: Stack, surroundings: Surroundings): Review {
  return reviewPlan(plan, {
    stack: stack.name,
    judge: judgeFor(plan, readPolicy(stack.directory), Date.now),
    bindings: bindingsIn(plan, stack, surroundings),
  });
}

/** What the command line names; undefined when the forge is to be asked. */
function agreed(options: Options, workingDirectory: string): Reviewed | undefined {
  const { review, hash, merged } = options;
  const given = [review !== undefined && "--review", hash !== undefined && "--hash", merged && "--merged"].filter(
    (one) => typeof one === "string",
  );
  if (given.length === 0 || (given.length > 1 && hash !== undefined)) {
    throw badOption(
      "--review",
      given.join(" and ") || "none of them",
      "--review, --hash, --merged, or --review and --merged",
    );
  }
  if (hash !== undefined) return reviewedHash(hash);
  if (review === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(resolve(workingDirectory, review), "utf8");
  } catch (error) {
    throw new ProblemError(fileUnreadable(review, (error as Error).message));
  }
  return readReviewed(text, review);
}

/** The review of this stack that was agreed to when the commit was merged; undefined when there is none. */
async function merged(
  { forge, commit }: JobForge,
  stack: string,
  given: Reviewed | undefined,
  { err, interrupted }: Surroundings,
): Promise<Reviewed | undefined> {
  const request = await forge.mergedBy(commit(), interrupted);
  const reviewed = request === undefined ? undefined : (given ?? (await commented(forge, request, stack, interrupted)));
  if (request === undefined || reviewed === undefined) {
    err(`${stack}: no review belongs to this commit`);
    return undefined;
  }
  // The forge says by which commits the branch came to be: squashed or rebased, the head itself is on no branch.
  const { commit: of = null, uncommitted } = reviewed;
  if (uncommitted === null) throw new ProblemError(reviewOfUnknown(of));
  if (uncommitted === true) throw new ProblemError(reviewOfUncommitted(of));
  if (reviewed.commit !== request.head) {
    throw new ProblemError(reviewOfAnotherCommit(forge.request, reviewed.commit ?? null, request.head));
  }
  err(`${stack}: reviewed in ${forge.request} ${request.number}, at ${request.head}`);
  return reviewed;
}

async function commented(
  forge: Forge,
  { number }: MergedRequest,
  stack: string,
  signal: AbortSignal,
): Promise<Reviewed | undefined> {
  const comment = await findComment(forge, number, (body) => readHeader(body)?.stack === stack, signal);
  return comment === undefined ? undefined : readReviewed(comment.body, `the comment of ${forge.request} ${number}`);
}

/** What was done; outputs may hold what nobody needs to read in a log. */
function summary(output: string): string {
  return /^Apply complete!.*$/m.exec(output)?.[0] ?? "Applied.";
}
