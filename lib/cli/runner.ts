import { ProblemError } from "../core/problem";
import { Redactor } from "../core/redaction";
import { forCommand, namesCommand } from "../core/terraform-text";
import { announced } from "./announced";
import { CodedError, unexpected, UsageError } from "./errors";
import { ExitCode } from "./exit-code";
import type { GivenSurroundings, Surroundings } from "./surroundings";
import { Terminal } from "./terminal";
import { terraformCommand } from "./terraform-version";

export type Action = (surroundings: Surroundings) => Promise<ExitCode>;

/** Runs what the command line asked for and turns whatever happens into an exit code and readable lines. */
export class Runner {
  exitCode: ExitCode = ExitCode.ok;
  /** Set by `--debug`: then errors come with their stack. */
  debug = false;

  /** What a wrong command line is answered; `reconcile` and `watch` use 2 for something else. */
  usage: ExitCode = ExitCode.usage;

  readonly terminal: Terminal;

  constructor(private readonly given: GivenSurroundings) {
    this.terminal = new Terminal(given);
    this.debug = Boolean(given.environment["DEBUG"]);
  }

  async run(action: Action): Promise<void> {
    const surroundings = this.surroundings();
    try {
      this.exitCode = await action(surroundings);
    } catch (error) {
      this.exitCode = this.exitCodeOf(error, surroundings);
      await this.report(error, surroundings);
    }
  }

  /** Made for a command that runs: from here on signals no longer end the process by themselves. */
  private surroundings(): Surroundings {
    const { screens: _, ...given } = this.given;
    const { out, tell, err, watched } = this.terminal;
    return { ...given, out, tell, err, watched, redactor: new Redactor() };
  }

  private exitCodeOf(error: unknown, { interrupted }: Surroundings): ExitCode {
    if (interrupted.aborted) return ExitCode.interrupted;
    if (error instanceof CodedError) return error.exitCode;
    return error instanceof UsageError ? this.usage : ExitCode.failed;
  }

  private async report(error: unknown, surroundings: Surroundings): Promise<void> {
    const { err, interrupted, redactor } = surroundings;
    if (interrupted.aborted && !this.debug) return err("Stopped.");
    const problems = error instanceof ProblemError ? error.problems : [unexpected(error)];
    const asked = !interrupted.aborted && problems.some(({ summary, fix }) => namesCommand(`${summary} ${fix}`));
    const command = asked ? await terraformCommand(surroundings) : "terraform";
    for (const found of problems) {
      const problem = { ...found, summary: forCommand(command, found.summary), fix: forCommand(command, found.fix) };
      err(announced(problem, (some) => redactor.redact(some)));
    }
    if (this.debug && error instanceof Error && error.stack) err(redactor.redact(error.stack));
  }
}
