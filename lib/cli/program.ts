import { CommanderError, type Command } from "commander";
import { printableBlock } from "../core/printable";
import { PROVIDER_VERSION } from "../package/identity";
import { commandList } from "./command-list";
import { ExitCode, exitCodeHelp, exitCodeHelpOf } from "./exit-code";
import { LaidOutCommand, showHelpOn } from "./help";
import { Runner } from "./runner";
import type { InitialSurroundings } from "./surroundings";
import { commandByName } from "./terraform-name";

const introduction = `Outbound alert mail as code: firewall flows, SMTP settings, receivers and the test e-mail that proves them.

You declare these in TypeScript and deploy them with \`cdktf deploy\`; this command is for what lies around that:
a sandbox to try everything without touching a real system, the provider for plain HCL, a check of this machine.`;

const examples = `
Try it without any real system:
  $ outbound init                     a project to begin with, deployed into the sandbox first
  $ outbound sandbox                  simulated OVHcloud API, vROps and SMTP server; prints the variables to use
  $ outbound doctor                   is this machine ready to deploy?
  $ outbound provider install         make the provider known to plain Terraform`;

/** Parses `argv` (without node and script), runs the command, and resolves to the exit code. */
export async function runCommandLine(argv: readonly string[], surroundings: InitialSurroundings): Promise<ExitCode> {
  const runner = new Runner(surroundings);
  // Its exit code 2 means drift, which a misspelt option in a pipeline must not look like.
  const named = commandNamed(argv);
  if (named === "reconcile" || named === "watch") runner.usage = ExitCode.failed;
  // A completion needs all commands.
  const program = await outboundCommand(runner, (name) => name === named || named === "completion");
  const terraform = commandByName(surroundings.environment);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      // Help, which has its colours and line breaks already.
      writeOut: (text) => surroundings.out(text.trimEnd()),
      writeErr: (text) => surroundings.err(text.trimEnd()),
      // Such a message repeats words of the command line.
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

/**
 * Builds the command line; its commands run through `runner`.
 *
 * @param wanted which commands are loaded with their arguments, options and help. @default all
 */
export async function outboundCommand(runner: Runner, wanted = (_name: string) => true): Promise<Command> {
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
  for (const { name, summary, load } of commandList) {
    const command = program.command(name).summary(summary);
    if (wanted(name)) (await load())(command, runner);
  }
  for (const command of everyCommand(program)) {
    const codes = exitCodeHelpOf(pathOf(command));
    if (codes !== undefined) command.addHelpText("after", `\n${codes}`);
  }
  return program;
}

function commandNamed(argv: readonly string[]): string | undefined {
  const [first, second] = argv.filter((word) => !word.startsWith("-"));
  return first === "help" ? second : first;
}

/** "provider install"; empty for the program itself. */
function pathOf(command: Command): string {
  return command.parent === null ? "" : `${pathOf(command.parent)} ${command.name()}`.trim();
}

export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
