import { ProblemError, renderProblem } from "../core/problem";
import { Redactor } from "../core/redaction";
import { forCommand, namesCommand } from "../core/terraform-text";
import { CodedError, unexpected, UsageError } from "./errors";
import { ExitCode } from "./exit-code";
import type { GivenSurroundings, Surroundings } from "./surroundings";
import { terraformCommand } from "./terraform-version";

export type Action = (surroundings: Surroundings) => Promise<ExitCode>;

/** Runs what the command line asked for and turns whatever happens into an exit code and readable lines. */
export class Runner {
  exitCode: ExitCode = ExitCode.ok;
  /** Set by `--debug`: then errors come with their stack. */
  debug = false;

  /** What a wrong command line is answered; `reconcile` uses 2 for something else. */
  usage: ExitCode = ExitCode.usage;

  readonly surroundings: Surroundings;

  constructor(given: GivenSurroundings) {
    this.surroundings = { ...given, redactor: new Redactor() };
    this.debug = Boolean(given.environment["DEBUG"]);
  }

  async run(action: Action): Promise<void> {
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
    const asked = !interrupted.aborted && problems.some(({ fix }) => namesCommand(fix));
    const command = asked ? await terraformCommand(this.surroundings) : "terraform";
    for (const found of problems) {
      const problem = { ...found, fix: forCommand(command, found.fix) };
      const text = renderProblem(problem, (some) => redactor.redact(some));
      err(`${problem.severity === "error" ? "Error" : "Warning"}: ${text}`);
    }
    if (this.debug && error instanceof Error && error.stack) err(redactor.redact(error.stack));
  }
}
