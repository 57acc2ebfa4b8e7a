import { ExitCode } from "./exit-code";
import type { InitialSurroundings, Surroundings } from "./surroundings";
import { Terminal } from "./terminal";

export type CommandAction = (surroundings: Surroundings) => Promise<ExitCode>;

/** The options that all commands have in common, and the exit code of the command that runs. */
export class Runner {
  exitCode: ExitCode = ExitCode.ok;
  /** Set by `--debug`: errors are printed with their stack. */
  debug = false;

  /** The exit code for a wrong command line; `reconcile` and `watch` use 2 for something else. */
  usage: ExitCode = ExitCode.usage;

  readonly terminal: Terminal;

  constructor(private readonly given: InitialSurroundings) {
    this.terminal = new Terminal(given);
    this.debug = Boolean(given.environment["DEBUG"]);
  }

  async run(action: CommandAction): Promise<void> {
    // Loaded here, since help, the version and a wrong option do not need it.
    const { runAction } = await import("./run-action");
    this.exitCode = await runAction(action, this.given, this);
  }
}
