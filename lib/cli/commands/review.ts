import { resolve } from "node:path";
import type { Command } from "commander";
import { open, type Finding } from "../../core/finding";
import { ProblemError } from "../../core/problem";
import { findStacks } from "../../plan";
import { findingsOf, findingsOfFleet, notPlannedReview, selectionOf, type Selection } from "../../review";
import { commitOf, uncommittedFiles } from "../commit";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import {
  documentsOf,
  documentsOfFleet,
  documentsOfNotPlanned,
  wantedFiles,
  writeDocuments,
  type FileOptions,
} from "../review/documents";
import { reviewFleet, reportFleet } from "../review/review-fleet";
import { reviewStack, reportCautions, reportUncommitted, type CodeState } from "../review/review-stack";
import type { Runner } from "../runner";
import { isFleet, parallelismOf, stackOptions, type StackOptions } from "../stack-options";
import { terraformRunner } from "../run-terraform";
import type { SourceOptions, StackSource } from "../stack-source";
import type { Surroundings } from "../surroundings";

interface Options extends SourceOptions, FileOptions, StackOptions {
  readonly failOn: string;
  readonly commit?: string;
}

const help = `
Without any file option the review is printed as Markdown. It is one comment of a pull request, below the limit of
GitHub; its hidden first line tells the next run which comment to update.

What no rule can judge stands first: provisioners and programs of data sources, in every module, actions that the apply
invokes, options for terraform in the environment, providers that are not the locked ones. The hash at its end covers these and
whatever else decides about the apply. With --plan and no stack beside it, only the plan's own part of that is known: it can be
read, and \`apply-reviewed\` does not accept it.

It names the commit that it is of. From a working tree with changes that are in no commit (new files count, those that git
ignores do not, nor what commands write) it says so, and \`apply-reviewed --merged\` does not accept it.

A stack that cannot be planned gets a review as well, which says so with the commit and the time, and exit code 1: else the
comment of an earlier commit would go on standing there as if it were of this one.

Several stacks, or a pattern such as 'outbound-production-*', get one review in every format, also where a single stack matches
today: first each stack with its verdict, then the details of those that matter most. One that cannot be planned says why, hides
none of the others, and makes the exit code 1.

  $ outbound review prod --md review.md --json review.json --sarif review.sarif
  $ outbound review 'outbound-production-*' --md review.md --json review.json
  $ terraform show -json plan | outbound review --plan /dev/stdin`;

/** `outbound review`: shows a reviewer what a change does. */
export function reviewCommand(command: Command, runner: Runner): void {
  command.description(
    "Plans synthesised stacks, or reads a plan, and writes what it means for the alerts: what becomes reachable, who\n" +
      "receives what before and after, what stops alerts, what breaks a rule. Changes nothing. No secret is written.",
  );
  stackOptions(command)
    .option("--plan <file>", "review this plan file, or the JSON of it, instead of planning")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out")
    .option("--md <file>", "write Markdown, for a comment")
    .option("--json <file>", "write JSON, for machines and for `apply-reviewed`")
    .option("--html <file>", "write one self-contained page, with everything")
    .option("--sarif <file>", "write SARIF 2.1.0, for code scanning")
    .option("--junit <file>", "write JUnit XML, for pipelines")
    .option("--code-quality <file>", "write a code quality report of GitLab, for merge requests")
    .option("--findings <file>", "write the findings alone, as JSON")
    .option("--commit <commit>", "whose code this is (default: the job's, of a request its head; else git's)")
    .option("--fail-on <severity>", "exit with 1 when there is a finding: error, warning or never", "never")
    .addHelpText("after", help)
    .action((names: readonly string[], options: Options) =>
      runner.run((surroundings) => review(names, options, surroundings)),
    );
}

async function review(names: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { failOn } = options;
  if (!["error", "warning", "never"].includes(failOn)) throw badOption("--fail-on", failOn, "error, warning or never");
  const parallelism = parallelismOf(options);
  const selection = selectionOf(names);
  if (isFleet(selection) && options.plan !== undefined) {
    throw badOption("--plan", options.plan, "a single stack: a plan is of one");
  }
  // Started while git runs; a failure is reported when the stack is planned. Each stack of a fleet has a runner of its own.
  const terraform = options.plan === undefined && !isFleet(selection) ? terraformRunner(surroundings) : undefined;
  terraform?.catch(() => undefined);
  const [commit, uncommitted] = await Promise.all([
    commitOf(options.commit, surroundings),
    uncommittedFiles(resultsOf(options, surroundings), surroundings),
  ]);
  const code: CodeState = { commit, uncommitted };
  const findings = isFleet(selection)
    ? await ofFleet(selection, parallelism, code, options, surroundings)
    : await ofStack(selection[0], code, { ...options, terraform }, surroundings);
  const failing = open(findings).filter(
    ({ severity }) => failOn !== "never" && (severity === "error" || severity === failOn),
  );
  return failing.length > 0 ? ExitCode.failed : ExitCode.ok;
}

async function ofStack(
  name: string | undefined,
  code: CodeState,
  options: Options & StackSource,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const reviewed = await reviewStack(name, options, code, surroundings).catch((error: unknown) => {
    if (error instanceof ProblemError && !surroundings.interrupted.aborted) {
      writeNotPlanned(error, name, code, options, surroundings);
    }
    throw error;
  });
  if (writeDocuments(documentsOf(reviewed), options, surroundings)) {
    reportCautions(reviewed, surroundings);
    reportUncommitted(reviewed.stack, code, surroundings);
    surroundings.err(`${reviewed.stack}: ${reviewed.verdict.line}`);
  }
  return findingsOf(reviewed);
}

async function ofFleet(
  selection: Selection,
  parallelism: number,
  code: CodeState,
  options: Options,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const { output } = options;
  const { review, problems } = await reviewFleet(selection, { output, parallelism }, code, surroundings);
  if (writeDocuments(documentsOfFleet(review), options, surroundings)) reportFleet(review, code, surroundings);
  if (problems.length > 0) throw new ProblemError(...problems);
  return findingsOfFleet(review);
}

/** Files in the working tree that are not part of the code: synthesised, planned and written ones, and npm's. */
function resultsOf(options: Options, { environment }: Surroundings): readonly string[] {
  return [options.output, ...wantedFiles(options), options.plan, environment["npm_config_cache"]].filter(
    (path): path is string => path !== undefined && path !== "",
  );
}

/** Writes files in place of the review; the problem itself is reported like every other. */
function writeNotPlanned(
  { problems }: ProblemError,
  name: string | undefined,
  { commit }: CodeState,
  options: Options,
  surroundings: Surroundings,
): void {
  const stack = name ?? onlyStack(options, surroundings);
  // A comment belongs to a stack.
  if (stack === undefined || wantedFiles(options).length === 0) return;
  const { redactor } = surroundings;
  const review = notPlannedReview(problems, { stack, commit, now: Date.now(), redactor });
  writeDocuments(documentsOfNotPlanned(review), options, surroundings);
}

function onlyStack({ output }: Options, { workingDirectory }: Surroundings): string | undefined {
  try {
    const stacks = findStacks(resolve(workingDirectory, output));
    return stacks.length === 1 ? stacks[0]!.name : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
