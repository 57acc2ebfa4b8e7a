import { Redactor } from "../core/redaction";
import { forCommand, namesCommand } from "../core/terraform-text";
import { announced } from "./announced";
import { CodedError, problemsIn, UsageError } from "./errors";
import { ExitCode } from "./exit-code";
import type { CommandAction, Runner } from "./runner";
import type { InitialSurroundings, Surroundings } from "./surroundings";
import { terraformCommand } from "./terraform-version";

/** The options that all commands have in common. */
type Said = Pick<Runner, "terminal" | "debug" | "usage">;

/** Runs a command, and turns every outcome into an exit code and readable lines. */
export async function runAction(action: CommandAction, { screens: _, ...given }: InitialSurroundings, said: Said) {
  const { out, print, err, watched } = said.terminal;
  const surroundings: Surroundings = { ...given, out, print, err, watched, redactor: new Redactor() };
  try {
    return await action(surroundings);
  } catch (error) {
    await report(error, surroundings, said.debug);
    return exitCodeOf(error, surroundings, said.usage);
  }
}

function exitCodeOf(error: unknown, { interrupted }: Surroundings, usage: ExitCode): ExitCode {
  if (interrupted.aborted) return ExitCode.interrupted;
  if (error instanceof CodedError) return error.exitCode;
  return error instanceof UsageError ? usage : ExitCode.failed;
}

async function report(error: unknown, surroundings: Surroundings, debug: boolean): Promise<void> {
  const { err, interrupted, redactor } = surroundings;
  if (interrupted.aborted && !debug) return err("Stopped.");
  const problems = problemsIn(error);
  const asked = !interrupted.aborted && problems.some(({ summary, fix }) => namesCommand(`${summary} ${fix}`));
  const command = asked ? await terraformCommand(surroundings) : "terraform";
  for (const found of problems) {
    const problem = { ...found, summary: forCommand(command, found.summary), fix: forCommand(command, found.fix) };
    err(announced(problem, (some) => redactor.redact(some)));
  }
  if (debug && error instanceof Error && error.stack) err(redactor.redact(error.stack));
}
