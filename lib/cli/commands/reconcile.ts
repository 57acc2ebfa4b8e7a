import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { printableLine } from "../../core/printable";
import { commandRuntime } from "../../inventory/runtime";
import { findStack, type Stack } from "../../plan";
import { detect, type DetectOptions } from "../../reconcile/detect";
import type { Detection, Verdict } from "../../reconcile/detection";
import { noDetection } from "../../reconcile/errors";
import type { World } from "../../reconcile/observe";
import { PROOF_MODES, type ProofMode } from "../../reconcile/proof";
import { readDetection, repair } from "../../reconcile/repair";
import { detectionToConsole, detectionToJson, detectionToJUnit, detectionToMarkdown } from "../../reconcile/writers";
import { systems } from "../../systems";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import { placeOptions, placesGiven } from "../place-options";
import { terraformRunner } from "../run-terraform";
import { collect } from "../repeated";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";
import { warnOfTlsSwitch } from "../tls-warning";

const WRITERS = {
  json: detectionToJson,
  markdown: detectionToMarkdown,
  junit: detectionToJUnit,
} as const;

const FORMATS = ["console", ...Object.keys(WRITERS)];

interface Options {
  readonly output: string;
  readonly format: "console" | keyof typeof WRITERS;
  readonly json?: string;
  readonly markdown?: string;
  readonly junit?: string;
  readonly allowUnmanaged?: boolean;
  readonly acceptUnknown: readonly string[];
  readonly prove?: true | ProofMode;
  readonly detection?: string;
  readonly yes?: boolean;
}

const help = `
Buckets: in sync; drifted (somebody changed it, or the code is not deployed); missing; unmanaged (it exists, but no code
declares it); unknown (nobody could look, and why). A refused listing is unknown, never empty. A system that does not
answer makes unknown what it has, and what refers to that; all others are compared.`;

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
  placeOptions(common(detecting), systems)
    .addOption(new Option("--format <name>", "what to print").choices(FORMATS).default("console"))
    .option("--json <file>", "also write the detection as JSON, for `repair`")
    .option("--markdown <file>", "also write it as Markdown")
    .option("--junit <file>", "also write it as JUnit XML")
    .addOption(
      new Option(
        "--prove [how]",
        "also walk every declared way of the mail from here: `probe` sends nothing; `send` sends one test mail each and looks for its arrival",
      )
        .choices(PROOF_MODES)
        .preset("probe"),
    )
    .option("--allow-unmanaged", "what exists without code is listed, and no drift")
    .option(
      "--accept-unknown <system>",
      "do not fail because nobody can tell of this system; may be repeated",
      collect,
      [],
    )
    .addHelpText("after", help)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => runDetect(stack, options, surroundings)),
    );

  common(reconcile.command("repair [stack]"))
    .summary("bring the systems back to what the code says; a preview without --yes")
    .description(
      "Shows what would bring the systems back to what the code says, and with --yes does what was detected.",
    )
    .option("--detection <file>", "the detection that is repaired, as `detect --json` wrote it")
    .option("--yes", "do it")
    .addHelpText("after", repairHelp)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => runRepair(stack, options, surroundings)),
    );
}

const common = (command: Command) =>
  command.option("--output <directory>", "where `cdktf synth` wrote the stacks", "cdktf.out");

async function runDetect(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  for (const one of options.acceptUnknown) {
    const names = systems.map((system) => system.name);
    if (!names.includes(one)) throw badOption("--accept-unknown", one, `one of ${names.join(", ")}`);
  }
  const stack = findStack(resolve(surroundings.workingDirectory, options.output), name);
  const world = await worldOf(surroundings);
  const { prove: mode } = options;
  const detection = await detect(
    stack,
    {
      ...(mode === undefined ? {} : { prove: await prover(mode === true ? "probe" : mode, stack, surroundings) }),
      systems,
      places: placesGiven(options as unknown as Record<string, unknown>, systems),
      allowUnmanaged: options.allowUnmanaged ?? false,
      acceptUnknown: options.acceptUnknown,
    },
    world,
  );
  const written = (format: keyof typeof WRITERS) => WRITERS[format](detection);
  if (options.format === "console") surroundings.tell(detectionToConsole(detection));
  else surroundings.out(written(options.format).trimEnd());
  for (const format of ["json", "markdown", "junit"] as const) {
    const file = options[format];
    if (file !== undefined) writeOutput(resolve(surroundings.workingDirectory, file), written(format));
  }
  return EXIT[detection.verdict];
}

/** Loaded only where something is to be proved. */
async function prover(mode: ProofMode, stack: Stack, surroundings: Surroundings): Promise<DetectOptions["prove"]> {
  const { prove } = await import("../prove/prove");
  return (planned) => prove(mode, stack, planned, surroundings);
}

const EXIT: Readonly<Record<Verdict, ExitCode>> = {
  "in-sync": ExitCode.ok,
  drift: ExitCode.drift,
  broken: ExitCode.broken,
  unknown: ExitCode.failed,
};

async function runRepair(name: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { workingDirectory, tell } = surroundings;
  const stack = findStack(resolve(workingDirectory, options.output), name);
  if (options.yes && options.detection === undefined) throw noDetection();
  const detection: Detection | undefined =
    options.detection === undefined ? undefined : readDetection(resolve(workingDirectory, options.detection));
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

async function worldOf(surroundings: Surroundings): Promise<World> {
  const { err, watched, interrupted } = surroundings;
  warnOfTlsSwitch(surroundings);
  return {
    run: await terraformRunner(surroundings),
    runtime: commandRuntime(surroundings, surroundings.redactor),
    signal: interrupted,
    // For somebody who waits; a pipeline's log keeps results only.
    progress: (text) => (watched ? err(`… ${text}`) : undefined),
  };
}
