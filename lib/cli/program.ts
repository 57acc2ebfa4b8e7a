import { CommanderError, type Command } from "commander";
import { printableBlock } from "../core/printable";
import { PROVIDER_VERSION } from "../package/identity";
import { applyReviewedCommand } from "./commands/apply-reviewed";
import { commentCommand } from "./commands/comment";
import { completionCommand } from "./commands/completion";
import { demoCommand } from "./commands/demo";
import { doctorCommand } from "./commands/doctor";
import { explainCommand } from "./commands/explain";
import { initCommand } from "./commands/init";
import { importCommand } from "./commands/import";
import { probeCommand } from "./commands/probe";
import { providerCommand } from "./commands/provider";
import { reconcileCommand } from "./commands/reconcile";
import { reviewCommand } from "./commands/review";
import { routesCommand } from "./commands/routes";
import { sandboxCommand } from "./commands/sandbox";
import { sendCommand } from "./commands/send";
import { ExitCode, exitCodeHelp, exitCodeHelpOf } from "./exit-code";
import { LaidOutCommand, showHelpOn } from "./help";
import { Runner } from "./runner";
import type { GivenSurroundings } from "./surroundings";
import { commandByName } from "./terraform-version";

const introduction = `Outbound alert mail as code: firewall flows, SMTP settings, receivers and the test e-mail that proves them.

You declare these in TypeScript and deploy them with \`cdktf deploy\`; this command is for what lies around that:
a sandbox to try everything without touching a real system, the provider for plain HCL, a check of this machine.`;

const examples = `
Try it without any real system:
  $ outbound init                     a project to begin with, deployed into the sandbox first
  $ outbound sandbox                  simulated OVHcloud API, vROps and SMTP server; prints the variables to use
  $ outbound doctor                   is this machine ready to deploy?
  $ outbound provider install         make the provider known to plain Terraform`;

/** Parses `argv` (without node and script), does it, and resolves to the exit code. */
export async function runCommandLine(argv: readonly string[], surroundings: GivenSurroundings): Promise<ExitCode> {
  const runner = new Runner(surroundings);
  // Its 2 means drift: a misspelt option in a pipeline must not look like it.
  if (argv.find((word) => !word.startsWith("-")) === "reconcile") runner.usage = ExitCode.failed;
  const program = outboundCommand(runner);
  const terraform = commandByName(surroundings.environment);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      // Help, in the colours and lines that it has already.
      writeOut: (text) => surroundings.out(text.trimEnd()),
      writeErr: (text) => surroundings.err(text.trimEnd()),
      // It repeats words of the command line.
      outputError: (text) => runner.terminal.err(printableBlock(text.trimEnd())),
    });
    showHelpOn(runner.terminal, command, terraform);
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return runner.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // --help and --version also arrive here, with 0; `outbound` alone prints the help and is a usage error.
    return error.exitCode === 0 ? ExitCode.ok : runner.usage;
  }
}

/** The command line with all of its commands; what they do goes through `runner`. */
export function outboundCommand(runner: Runner): Command {
  const program = new LaidOutCommand("outbound")
    .description(introduction)
    .version(PROVIDER_VERSION, "-V, --version", "print the version")
    .option("--debug", "print stack traces (also with DEBUG set)")
    .option("--color", "colour what people read (default: on a terminal; also FORCE_COLOR)")
    .option("--no-color", "do not (also NO_COLOR)")
    .on("option:debug", () => (runner.debug = true))
    .on("option:color", () => (runner.terminal.colour = true))
    .on("option:no-color", () => (runner.terminal.colour = false))
    .helpCommand(true)
    .showHelpAfterError("(see --help)")
    .showSuggestionAfterError()
    .addHelpText("after", `${examples}\n${exitCodeHelp}`);
  initCommand(program, runner);
  sandboxCommand(program, runner);
  providerCommand(program, runner);
  doctorCommand(program, runner);
  probeCommand(program, runner);
  sendCommand(program, runner);
  explainCommand(program, runner);
  importCommand(program, runner);
  reconcileCommand(program, runner);
  reviewCommand(program, runner);
  commentCommand(program, runner);
  applyReviewedCommand(program, runner);
  routesCommand(program, runner);
  demoCommand(program, runner);
  completionCommand(program, runner);
  for (const command of everyCommand(program)) {
    const codes = exitCodeHelpOf(pathOf(command));
    if (codes !== undefined) command.addHelpText("after", `\n${codes}`);
  }
  return program;
}

/** "provider install"; empty for the program itself. */
function pathOf(command: Command): string {
  return command.parent === null ? "" : `${pathOf(command.parent)} ${command.name()}`.trim();
}

export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
