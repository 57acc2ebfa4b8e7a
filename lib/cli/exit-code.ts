import { renderMailExits, type MailExitCode } from "../mail/diagnosis/exit-codes";

/** The exit codes of `outbound`, the same for every command; `outbound --help` lists them. */
export const ExitCode = {
  /** It succeeded, and what was checked is true. */
  ok: 0,
  /** It failed, or what was checked is not true. */
  failed: 1,
  /** The command line itself is wrong; nothing was done. */
  usage: 2,
  /** For `comment` alone: the token may not write comments, as in pull requests of forks. */
  forbidden: 3,
  /**
   * For `reconcile` and `watch` alone, where a wrong command line is {@link failed}: what exists is not what the code
   * says.
   */
  drift: 2,
  /** For `reconcile` and `watch` alone: all is as declared, but mail does not get through. */
  broken: 4,
  /** For `reconcile` alone: all is well, but something that the mail needs expires soon. */
  ending: 5,
  /** Stopped by Ctrl-C or SIGTERM before its end; what it had started is cleaned up. */
  interrupted: 130,
} as const;

/** `probe` and `send` have further codes, one for each stage. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode] | MailExitCode;

/** The meaning of a command's codes: 0 and 1 always, others only where the command departs from the rule. */
interface CommandExits {
  readonly ok: string;
  readonly failed: string;
  readonly others?: readonly (readonly [code: string, meaning: string])[];
}

const byStage: CommandExits = {
  ok: "every stage passed; there may be warnings",
  failed: "something that was not foreseen",
  others: [["10-24", "the stage that failed first, see its --help"]],
};

const inSync = (ok: string, drift: string, ...others: (readonly [code: string, meaning: string])[]): CommandExits => ({
  ok,
  failed: "could not tell, or the command line is wrong",
  others: [[String(ExitCode.drift), drift], ...others],
});

/** The meanings for every command, by its name on the command line. */
export const commandExits: Readonly<Record<string, CommandExits>> = {
  init: { ok: "the project is written", failed: "it could not be written" },
  sandbox: {
    ok: "ended by Ctrl-C, or the command that it ran succeeded",
    failed: "it could not start, or the command that it ran failed",
  },
  "provider install": { ok: "the provider is installed", failed: "it could not be installed" },
  "provider path": { ok: "the path is printed", failed: "there is no executable" },
  "provider version": { ok: "the version is printed", failed: "it could not be printed" },
  doctor: {
    ok: "this machine, or with --systems every configured system, is as it must be; or warnings only",
    failed: "something is wrong; with --systems also when one could not be asked, or none is configured",
  },
  probe: byStage,
  send: byStage,
  explain: { ok: "every reply is known", failed: "a reply is not known" },
  import: {
    ok: "every system that was asked answered completely",
    failed: "one did not (what was found is written all the same), or there was nothing to write",
  },
  "reconcile detect": inSync(
    "in sync",
    "something is drifted, missing or unmanaged, whatever else is wrong",
    [String(ExitCode.broken), "with --prove: as declared, but mail does not get through"],
    [String(ExitCode.ending), "with --horizon: all is well, but something ends within that time"],
  ),
  "reconcile repair": inSync("nothing to repair, or repaired", "a preview that would repair something"),
  watch: inSync(
    "stopped between two rounds; with --rounds: the last one was in sync",
    "with --rounds: the last one found drift",
    [String(ExitCode.broken), "with --rounds: at the last one mail did not get through"],
    [String(ExitCode.ending), "with --rounds and --horizon: all was well, but something ends within that time"],
    [String(ExitCode.interrupted), "stopped within a round"],
  ),
  history: { ok: "the history is printed, empty ones too", failed: "there is none, or it cannot be read" },
  review: {
    ok: "nothing that --fail-on names",
    failed: "something that --fail-on names, or a stack could not be planned",
  },
  comment: {
    ok: "the comment is written",
    failed: "it could not be written",
    others: [[String(ExitCode.forbidden), "the token may not write comments, as in pull requests of forks"]],
  },
  "apply-reviewed": {
    ok: "applied, or there was nothing to apply",
    failed: "a plan is not the reviewed one, or an apply failed",
  },
  routes: { ok: "every receiver of --verify is told", failed: "one is not, or it could not be told" },
  demo: { ok: "every check held", failed: "a check did not hold" },
  completion: { ok: "the script is printed", failed: "it could not be printed" },
};

/** The codes that every command has in common. */
export const exitCodeRule: readonly (readonly [code: string, meaning: string])[] = [
  [String(ExitCode.ok), "it worked, and what was checked holds"],
  [String(ExitCode.failed), "it did not work, does not hold, or could not be told"],
  [String(ExitCode.usage), "the command line is wrong; nothing was done"],
  [String(ExitCode.interrupted), "stopped by Ctrl-C or SIGTERM; what had been started is cleaned up"],
];

/** The codes of one command, in order, without the common ones. */
export function exitsOf({ ok, failed, others = [] }: CommandExits): (readonly [code: string, meaning: string])[] {
  return [[String(ExitCode.ok), ok], [String(ExitCode.failed), failed], ...others];
}

/** The codes for the `--help` of one command, where it has any; a command with a default has those of the default. */
export function exitCodeHelpOf(command: string): string | undefined {
  const exits = commandExits[command === "reconcile" ? "reconcile detect" : command];
  if (exits === undefined) return undefined;
  if (exits === byStage) return renderMailExits();
  const own = exitsOf(exits);
  const rule = exitCodeRule.filter(([code]) => !own.some(([other]) => other === code));
  return ["Exit codes:", ...[...own, ...rule].map(([code, meaning]) => `  ${code.padEnd(3)}  ${meaning}`)].join("\n");
}

const CODE = 6;
const COMMAND = 18;

/** The codes for `outbound --help`. */
export const exitCodeHelp = [
  "",
  "Exit codes of every command:",
  ...exitCodeRule.map(([code, meaning]) => `  ${code.padEnd(CODE)} ${meaning}`),
  "",
  "What they mean for each, and further ones:",
  ...Object.entries(commandExits).flatMap(([command, exits]) =>
    exitsOf(exits).map(
      ([code, meaning], index) => `  ${(index === 0 ? command : "").padEnd(COMMAND)}${code.padEnd(CODE)} ${meaning}`,
    ),
  ),
].join("\n");
