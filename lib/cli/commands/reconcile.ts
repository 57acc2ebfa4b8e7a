import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { detectedTo } from "../../reconcile/fleet/detected";
import { detectionOptions, outputOption, type DetectionOptions } from "../detection-options";
import type { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import { notifyHelp } from "../notify-options";
import { runRepair, type RepairOptions } from "../repairing";
import { exitCodeOf, preparedDetection } from "../run-detection";
import type { Runner } from "../runner";
import { stackOptions, type StackOptions } from "../stack-options";
import type { Surroundings } from "../surroundings";

interface Options extends DetectionOptions, StackOptions {
  readonly format: keyof typeof detectedTo;
  readonly json?: string;
  readonly markdown?: string;
  readonly junit?: string;
}

const help = `
Buckets: in sync; drifted (somebody changed it, or the code is not deployed); missing; broken (as declared, but --prove found
that mail does not get through); unmanaged (it exists, but no code declares it); unknown (nobody could look, and why). A refused listing is unknown, never empty. A system that does not
answer makes unknown what it has, and what refers to that; all others are compared.

Of several stacks there is one report, and the exit code of the worst: 2 before 4, 1, 5 and 0. What one of them declares is not unmanaged
for the others. One that cannot be looked at is unknown, and hides no other.`;

const proveHelp = `

Example, every night:
  $ npx cdktf synth
  $ outbound reconcile detect --prove --horizon \\
      --notify issue --notify heartbeat=HEARTBEAT_URL

A fleet, in one report:
  $ outbound reconcile detect 'outbound-production-*' --parallelism 4`;

const repairHelp = `
Example, on a schedule:
  $ npx cdktf synth
  $ outbound reconcile --json detection.json || test $? -eq 2
  $ outbound reconcile repair --detection detection.json --yes

Refused when code or systems have changed since the detection. What is unmanaged is not touched: \`outbound import\` writes
code for it. Several stacks are repaired each by itself: one that is refused keeps no other from it.`;

/** `outbound reconcile`: compares what exists with the code, and repairs the differences. */
export function reconcileCommand(reconcile: Command, runner: Runner): void {
  reconcile
    .description("Compares synthesised stacks with what exists, and brings systems back to what the code says.")
    .addHelpText("after", help);

  const detecting = stackOptions(reconcile.command("detect", { isDefault: true }))
    .summary("compare, and write nothing anywhere (this is the default)")
    .description("Compares synthesised stacks with what exists. Only reads: no state, no lock, nothing in any system.");
  detectionOptions(detecting)
    .addOption(new Option("--format <name>", "what to print").choices(Object.keys(detectedTo)).default("console"))
    .option("--json <file>", "also write the detection as JSON, for `repair`")
    .option("--markdown <file>", "also write it as Markdown")
    .option("--junit <file>", "also write it as JUnit XML")
    .addHelpText("after", `${help}\n${notifyHelp}${proveHelp}`)
    .action((stacks: readonly string[], options: Options) =>
      runner.run((surroundings) => runDetect(stacks, options, surroundings)),
    );

  outputOption(stackOptions(reconcile.command("repair")))
    .summary("bring the systems back to what the code says; a preview without --yes")
    .description(
      "Shows what would bring the systems back to what the code says, and with --yes does what was detected.",
    )
    .option("--detection <file>", "the detection that is repaired, as `detect --json` wrote it")
    .option("--yes", "do it")
    .addHelpText("after", repairHelp)
    .action((stacks: readonly string[], options: RepairOptions) =>
      runner.run((surroundings) => runRepair(stacks, options, surroundings)),
    );
}

async function runDetect(names: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const detected = await preparedDetection(names, options, surroundings).detect(surroundings);
  const { format } = options;
  if (format === "console") surroundings.print(detectedTo.console(detected));
  else surroundings.out(detectedTo[format](detected).trimEnd());
  for (const one of ["json", "markdown", "junit"] as const) {
    const file = options[one];
    if (file !== undefined) writeOutput(resolve(surroundings.workingDirectory, file), detectedTo[one](detected));
  }
  return exitCodeOf(detected);
}
