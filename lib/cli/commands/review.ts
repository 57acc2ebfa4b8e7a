import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { open } from "../../core/finding";
import { someOf } from "../../core/some-of";
import { printable } from "../../core/printable";
import { ProblemError } from "../../core/problem";
import { findingsToCodeQuality, findingsToJson, findingsToJUnit, findingsToSarif } from "../../findings";
import { findStacks } from "../../plan";
import { PROVIDER_VERSION } from "../../package/identity";
import {
  cautionsOf,
  findingsOf,
  judgeFor,
  notPlannedFindings,
  notPlannedReview,
  notPlannedToHtml,
  notPlannedToJson,
  notPlannedToMarkdown,
  reviewPlan,
  toCodeQuality,
  toHtml,
  toJson,
  toJUnit,
  toMarkdown,
  toSarif,
} from "../../review";
import { bindingsIn } from "../bindings";
import { commitOf, NO_ANSWER_OF_GIT, uncommittedFiles } from "../commit";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import type { Runner } from "../runner";
import { constructsOf, planOf, type SourceOptions } from "../stack-source";
import type { Surroundings } from "../surroundings";
import { commandByName } from "../terraform-name";

interface Options extends SourceOptions {
  readonly md?: string;
  readonly json?: string;
  readonly html?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly codeQuality?: string;
  readonly findings?: string;
  readonly failOn: string;
  readonly commit?: string;
}

const help = `
Without any file option the review is printed as Markdown. It is one comment of a pull request, below the limit of
GitHub; its hidden first line tells the next run which comment to update.

What no rule can judge stands first: provisioners and programs of data sources, in every module, options for
terraform in the environment, providers that are not the locked ones. The hash at its end covers these and whatever else
decides about the apply. With --plan and no stack beside it, only the plan's own part of that is known: it can be read, and
\`apply-reviewed\` does not accept it.

It names the commit that it is of. From a working tree with changes that are in no commit (new files count, those that git
ignores do not, nor what commands write) it says so, and \`apply-reviewed --merged\` does not accept it.

A stack that cannot be planned gets a review as well, which says so with the commit and the time, and exit code 1: else the
comment of an earlier commit would go on standing there as if it were of this one.

  $ outbound review prod --md review.md --json review.json --sarif review.sarif
  $ terraform show -json plan | outbound review --plan /dev/stdin`;

/** `outbound review`: what a change means, for those who have to agree to it. */
export function reviewCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Plans a synthesised stack, or reads a plan, and writes what it means for the alerts: what becomes reachable, who\n" +
        "receives what before and after, what stops alerts, what breaks a rule. Changes nothing. No secret is written.",
    )
    .argument("[stack]", "the stack; needed when the app has several")
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
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => review(stack, options, surroundings)),
    );
}

async function review(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { failOn } = options;
  if (!["error", "warning", "never"].includes(failOn)) throw badOption("--fail-on", failOn, "error, warning or never");
  const commit = await commitOf(options.commit, surroundings);
  const uncommitted = await uncommittedFiles(resultsOf(options, surroundings), surroundings);
  const planned = await planOf(name, options, surroundings).catch((error: unknown) => {
    if (error instanceof ProblemError && !surroundings.interrupted.aborted) {
      writeNotPlanned(error, name, commit, options, surroundings);
    }
    throw error;
  });
  const { name: stack, plan, policy, stack: synthesised } = planned;
  const constructs = synthesised === undefined ? undefined : constructsOf(synthesised);
  const bindings = bindingsIn(plan, synthesised, surroundings);
  const judge = judgeFor(plan, policy, Date.now);
  const reviewed = reviewPlan(plan, {
    stack,
    judge,
    constructs,
    bindings,
    commit,
    uncommitted: uncommitted === undefined ? null : uncommitted.length > 0,
    terraform: commandByName(surroundings.environment),
  });
  const findings = findingsOf(reviewed);
  const documents: Documents = {
    md: () => toMarkdown(reviewed),
    json: () => toJson(reviewed),
    html: () => toHtml(reviewed),
    sarif: (artifact) => toSarif(reviewed, { version: PROVIDER_VERSION, artifact }),
    junit: () => toJUnit(reviewed),
    codeQuality: (artifact) => toCodeQuality(reviewed, artifact),
    findings: () => findingsToJson(findings),
  };
  if (write(documents, stack, options, surroundings)) {
    for (const { name: what, lines } of cautionsOf(reviewed.bindings)) {
      surroundings.err(
        `${stack}: no rule can judge ${what}${lines.length === 0 ? "" : `: ${printable(lines.join(", "))}`}`,
      );
    }
    if (uncommitted === undefined) surroundings.err(`${stack}: ${NO_ANSWER_OF_GIT}`);
    else if (uncommitted.length > 0)
      surroundings.err(`${stack}: with uncommitted changes in ${printable(someOf(uncommitted))}`);
    surroundings.err(`${stack}: ${reviewed.verdict.line}`);
  }
  const failing = open(findings).filter(
    ({ severity }) => failOn !== "never" && (severity === "error" || severity === failOn),
  );
  return failing.length > 0 ? ExitCode.failed : ExitCode.ok;
}

/** What lies in the working tree and is no part of the code: what was synthesised, planned and written, and what npm keeps. */
function resultsOf(options: Options, { environment }: Surroundings): readonly string[] {
  const written = wantedFiles(options).map((file) => options[file]!);
  return [options.output, ...written, options.plan, environment["npm_config_cache"]].filter(
    (path): path is string => path !== undefined && path !== "",
  );
}

/** In place of the review, when files are asked for; the problem itself is told as every other. */
function writeNotPlanned(
  { problems }: ProblemError,
  name: string | undefined,
  commit: string | undefined,
  options: Options,
  surroundings: Surroundings,
): void {
  const stack = name ?? onlyStack(options, surroundings);
  // A comment belongs to a stack.
  if (stack === undefined || wantedFiles(options).length === 0) return;
  const { redactor } = surroundings;
  const review = notPlannedReview(problems, { stack, commit, now: Date.now(), redactor });
  const findings = notPlannedFindings(review);
  const documents: Documents = {
    md: () => notPlannedToMarkdown(review),
    json: () => notPlannedToJson(review),
    html: () => notPlannedToHtml(review),
    sarif: (artifact) => findingsToSarif(findings, { version: PROVIDER_VERSION, artifact }),
    junit: () => findingsToJUnit(findings, { suite: `review of ${stack}` }),
    codeQuality: (artifact) => findingsToCodeQuality(findings, artifact),
    findings: () => findingsToJson(findings),
  };
  write(documents, stack, options, surroundings);
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

const FILES = ["md", "json", "html", "sarif", "junit", "codeQuality", "findings"] as const;
const wantedFiles = (options: Options) => FILES.filter((file) => options[file] !== undefined);

/** The text of each file, whether or not it could be planned; `artifact` is where findings are shown. */
type Documents = Readonly<Record<(typeof FILES)[number], (artifact: string) => string>>;

/** Returns whether it has written files; without any the review is the output. */
function write(
  documents: Documents,
  stack: string,
  options: Options,
  { workingDirectory, out, err }: Surroundings,
): boolean {
  const artifact = `${options.output}/stacks/${stack}/cdk.tf.json`;
  const wanted = wantedFiles(options);
  if (wanted.length === 0) {
    out(documents.md(artifact).trimEnd());
    return false;
  }
  for (const file of wanted) {
    const path = resolve(workingDirectory, options[file]!);
    mkdirSync(dirname(path), { recursive: true });
    writeOutput(path, documents[file](artifact));
    err(`Wrote ${options[file]}`);
  }
  return true;
}
