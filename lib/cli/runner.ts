import { ExitCode } from "./exit-code";
import type { InitialSurroundings, Surroundings } from "./surroundings";
import { Terminal } from "./terminal";

export type CommandAction = (surroundings: Surroundings) => Promise<ExitCode>;

/** What a command line says to all commands, and what comes of the one that it names. */
export class Runner {
  exitCode: ExitCode = ExitCode.ok;
  /** Set by `--debug`: then errors come with their stack. */
  debug = false;

  /** What a wrong command line is answered; `reconcile` and `watch` use 2 for something else. */
  usage: ExitCode = ExitCode.usage;

  readonly terminal: Terminal;

  constructor(private readonly given: InitialSurroundings) {
    this.terminal = new Terminal(given);
    this.debug = Boolean(given.environment["DEBUG"]);
  }

  async run(action: CommandAction): Promise<void> {
    // Help, the version and a wrong option are told without it.
    const { runAction } = await import("./run-action");
    this.exitCode = await runAction(action, this.given, this);
  }
}
