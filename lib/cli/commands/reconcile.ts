import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { printableLine } from "../../core/printable";
import { findStack } from "../../plan";
import type { Detection } from "../../reconcile/detection";
import { noDetection } from "../../reconcile/errors";
import { readDetection, repair } from "../../reconcile/repair";
import { detectionToConsole, detectionToJson, detectionToJUnit, detectionToMarkdown } from "../../reconcile/writers";
import { systems } from "../../systems";
import { detectionOptions, outputOption, type DetectionOptions } from "../detection-options";
import { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import { notifyHelp } from "../notify-options";
import { exitCodeOf, preparedDetection, worldOf } from "../run-detection";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";
import { warnOfTlsSwitch } from "../tls-warning";

const WRITERS = {
  json: detectionToJson,
  markdown: detectionToMarkdown,
  junit: detectionToJUnit,
} as const;

const FORMATS = ["console", ...Object.keys(WRITERS)];

interface Options extends DetectionOptions {
  readonly format: "console" | keyof typeof WRITERS;
  readonly json?: string;
  readonly markdown?: string;
  readonly junit?: string;
}

interface RepairOptions {
  readonly output: string;
  readonly detection?: string;
  readonly yes?: boolean;
}

const help = `
Buckets: in sync; drifted (somebody changed it, or the code is not deployed); missing; broken (as declared, but --prove found
that mail does not get through); unmanaged (it exists, but no code declares it); unknown (nobody could look, and why). A refused listing is unknown, never empty. A system that does not
answer makes unknown what it has, and what refers to that; all others are compared.`;

const proveHelp = `

Example, every night:
  $ npx cdktf synth
  $ outbound reconcile detect --prove --horizon \\
      --notify issue --notify heartbeat=HEARTBEAT_URL`;

const repairHelp = `
Example, on a schedule:
  $ npx cdktf synth
  $ outbound reconcile --json detection.json || test $? -eq 2
  $ outbound reconcile repair --detection detection.json --yes

Refused when code or systems have changed since the detection. What is unmanaged is not touched: \`outbound import\` writes
code for it.`;

/** `outbound reconcile`: is what exists what the code says, and how it becomes so again. */
export function reconcileCommand(reconcile: Command, runner: Runner): void {
  reconcile
    .description("Compares synthesised stacks with what exists, and brings systems back to what the code says.")
    .addHelpText("after", help);

  const detecting = reconcile
    .command("detect [stack]", { isDefault: true })
    .summary("compare, and write nothing anywhere (this is the default)")
    .description(
      "Compares a synthesised stack with what exists. Only reads: no state, no lock, nothing in any system.",
    );
  detectionOptions(detecting)
    .addOption(new Option("--format <name>", "what to print").choices(FORMATS).default("console"))
    .option("--json <file>", "also write the detection as JSON, for `repair`")
    .option("--markdown <file>", "also write it as Markdown")
    .option("--junit <file>", "also write it as JUnit XML")
    .addHelpText("after", `${help}\n${notifyHelp}${proveHelp}`)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => runDetect(stack, options, surroundings)),
    );

  outputOption(reconcile.command("repair [stack]"))
    .summary("bring the systems back to what the code says; a preview without --yes")
    .description(
      "Shows what would bring the systems back to what the code says, and with --yes does what was detected.",
    )
    .option("--detection <file>", "the detection that is repaired, as `detect --json` wrote it")
    .option("--yes", "do it")
    .addHelpText("after", repairHelp)
    .action((stack: string | undefined, options: RepairOptions) =>
      runner.run((surroundings) => runRepair(stack, options, surroundings)),
    );
}

async function runDetect(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const detection = await preparedDetection(name, options, surroundings).detect(surroundings);
  const written = (format: keyof typeof WRITERS) => WRITERS[format](detection);
  if (options.format === "console") surroundings.tell(detectionToConsole(detection));
  else surroundings.out(written(options.format).trimEnd());
  for (const format of ["json", "markdown", "junit"] as const) {
    const file = options[format];
    if (file !== undefined) writeOutput(resolve(surroundings.workingDirectory, file), written(format));
  }
  return exitCodeOf(detection);
}

async function runRepair(
  name: string | undefined,
  options: RepairOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { workingDirectory, tell } = surroundings;
  const stack = findStack(resolve(workingDirectory, options.output), name);
  if (options.yes && options.detection === undefined) throw noDetection();
  const detection: Detection | undefined =
    options.detection === undefined ? undefined : readDetection(resolve(workingDirectory, options.detection));
  warnOfTlsSwitch(surroundings);
  const world = await worldOf(surroundings);
  const { actions, applied } = await repair(stack, systems, detection, options.yes ?? false, world);
  if (actions.length === 0) tell(`${stack.name}: nothing to repair`);
  else {
    tell(`${stack.name}: ${applied ? "repaired" : "would be repaired"} (${actions.length})`);
    for (const action of actions) tell(printableLine(`  ${action}`));
    if (!applied) tell("\nNothing was changed: this is a preview. Add --detection <file> --yes to do it.");
  }
  // A preview with something in it is drift, as a detection would call it.
  return actions.length === 0 || applied ? ExitCode.ok : ExitCode.drift;
}
