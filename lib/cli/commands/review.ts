import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { open } from "../../core/finding";
import { findingsToJson } from "../../findings";
import { PROVIDER_VERSION } from "../../package/identity";
import {
  findingsOf,
  judgeFor,
  reviewPlan,
  toCodeQuality,
  toHtml,
  toJson,
  toJUnit,
  toMarkdown,
  toSarif,
  type Review,
} from "../../review";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import type { Runner } from "../runner";
import { constructsOf, planOf, type SourceOptions } from "../stack-source";
import type { Surroundings } from "../surroundings";

interface Options extends SourceOptions {
  readonly md?: string;
  readonly json?: string;
  readonly html?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly codeQuality?: string;
  readonly findings?: string;
  readonly failOn: string;
}

const help = `
Without any file option the review is printed as Markdown. It is one comment of a pull request, below the limit of
GitHub; its hidden first line tells the next run which comment to update.

  $ outbound review prod --md review.md --json review.json --sarif review.sarif
  $ terraform show -json plan | outbound review --plan /dev/stdin`;

/** `outbound review`: what a change means, for those who have to agree to it. */
export function reviewCommand(program: Command, runner: Runner): void {
  program
    .command("review")
    .summary("what a change means: reachability, receivers, what stops alerts, broken rules")
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
    .option("--fail-on <severity>", "exit with 1 when there is a finding: error, warning or never", "never")
    .addHelpText("after", help)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => review(stack, options, surroundings)),
    );
}

async function review(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { failOn } = options;
  if (!["error", "warning", "never"].includes(failOn)) throw badOption("--fail-on", failOn, "error, warning or never");
  const { name: stack, plan, policy, stack: synthesised } = await planOf(name, options, surroundings);
  const constructs = synthesised === undefined ? undefined : constructsOf(synthesised);
  const reviewed = reviewPlan(plan, { stack, judge: judgeFor(plan, policy, Date.now), constructs });
  write(reviewed, options, surroundings);
  const findings = open(findingsOf(reviewed));
  const failing = findings.filter(
    ({ severity }) => failOn !== "never" && (severity === "error" || severity === failOn),
  );
  return failing.length > 0 ? ExitCode.failed : ExitCode.ok;
}

function write(reviewed: Review, options: Options, { workingDirectory, out, err }: Surroundings): void {
  const artifact = `${options.output}/stacks/${reviewed.stack}/cdk.tf.json`;
  const outputs: readonly [string | undefined, () => string][] = [
    [options.md, () => toMarkdown(reviewed)],
    [options.json, () => toJson(reviewed)],
    [options.html, () => toHtml(reviewed)],
    [options.sarif, () => toSarif(reviewed, { version: PROVIDER_VERSION, artifact })],
    [options.junit, () => toJUnit(reviewed)],
    [options.codeQuality, () => toCodeQuality(reviewed, artifact)],
    [options.findings, () => findingsToJson(findingsOf(reviewed))],
  ];
  const wanted = outputs.filter(([file]) => file !== undefined);
  if (wanted.length === 0) return out(toMarkdown(reviewed).trimEnd());
  for (const [file, render] of wanted) {
    const path = resolve(workingDirectory, file!);
    mkdirSync(dirname(path), { recursive: true });
    writeOutput(path, render());
    err(`Wrote ${file}`);
  }
  err(`${reviewed.stack}: ${reviewed.verdict.line}`);
}
