import { ProblemError } from "../core/problem";
import { Redactor } from "../core/redaction";
import { forCommand, namesCommand } from "../core/terraform-text";
import { announced } from "./announced";
import { CodedError, unexpected, UsageError } from "./errors";
import { ExitCode } from "./exit-code";
import type { InitialSurroundings, Surroundings } from "./surroundings";
import { Terminal } from "./terminal";
import { terraformCommand } from "./terraform-version";

export type CommandAction = (surroundings: Surroundings) => Promise<ExitCode>;

/** Runs what the command line asked for and turns whatever happens into an exit code and readable lines. */
export class Runner {
  exitCode: ExitCode = ExitCode.ok;
  /** Set by `--debug`: then errors come with their stack. */
  debug = false;

  /** What a wrong command line is answered; `reconcile` and `watch` use 2 for something else. */
  usage: ExitCode = ExitCode.usage;

  readonly terminal: Terminal;
  readonly surroundings: Surroundings;

  constructor({ screens, ...given }: InitialSurroundings) {
    this.terminal = new Terminal({ screens, ...given });
    const { out, tell, err, watched } = this.terminal;
    this.surroundings = { ...given, out, tell, err, watched, redactor: new Redactor() };
    this.debug = Boolean(given.environment["DEBUG"]);
  }

  async run(action: CommandAction): Promise<void> {
    try {
      this.exitCode = await action(this.surroundings);
    } catch (error) {
      this.exitCode = this.exitCodeOf(error);
      await this.report(error);
    }
  }

  private exitCodeOf(error: unknown): ExitCode {
    if (this.surroundings.interrupted.aborted) return ExitCode.interrupted;
    if (error instanceof CodedError) return error.exitCode;
    return error instanceof UsageError ? this.usage : ExitCode.failed;
  }

  private async report(error: unknown): Promise<void> {
    const { err, interrupted, redactor } = this.surroundings;
    if (interrupted.aborted && !this.debug) return err("Stopped.");
    const problems = error instanceof ProblemError ? error.problems : [unexpected(error)];
    const asked = !interrupted.aborted && problems.some(({ summary, fix }) => namesCommand(`${summary} ${fix}`));
    const command = asked ? await terraformCommand(this.surroundings) : "terraform";
    for (const found of problems) {
      const problem = { ...found, summary: forCommand(command, found.summary), fix: forCommand(command, found.fix) };
      err(announced(problem, (some) => redactor.redact(some)));
    }
    if (this.debug && error instanceof Error && error.stack) err(redactor.redact(error.stack));
  }
}
