import { ProblemError, type Problem } from "../core/problem";
import type { ExitCode } from "./exit-code";

/** The problems of a wrong command line, and of commands that fail. */

export function commandNotStarted(command: string, cause: string): ProblemError {
  return new ProblemError({
    code: "cli/command-not-started",
    severity: "error",
    summary: `${command} cannot be started`,
    got: cause,
    expected: "a program on PATH, or the path of one",
    fix: "Correct the command after --; for one of the project, write `npx` before it.",
  });
}

export function variableMissing(name: string, purpose: string): ProblemError {
  return new ProblemError({
    code: "cli/variable-missing",
    severity: "error",
    summary: `The environment variable ${name} is not set`,
    expected: purpose,
    fix: `Set it, for example with \`read -rs ${name} && export ${name}\`, so that the value stands neither in the shell history nor in the list of processes.`,
  });
}

/** The command line is wrong; nothing was done. The exit code is 2. */
export class UsageError extends ProblemError {}

/** A problem with an exit code of its own. */
export class CodedError extends ProblemError {
  constructor(
    readonly exitCode: ExitCode,
    ...problems: Problem[]
  ) {
    super(...problems);
  }
}

/** Runs `read`, which reads the command line: its problems are the command line's. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(...error.problems) : error;
  }
}

export function badOption(option: string, got: string, expected: string): UsageError {
  return new UsageError({
    code: "cli/bad-option",
    severity: "error",
    summary: `The value of ${option} is not usable`,
    got,
    expected,
    fix: "See --help of the command.",
  });
}

export const needsHorizon = (option: string): UsageError =>
  new UsageError({
    code: "cli/needs-horizon",
    severity: "error",
    summary: `${option} tells of what ends, and --horizon is missing`,
    fix: "Add --horizon, or --horizon 60d for another time than 30 days.",
  });

export function fileUnreadable(path: string, evidence: string): Problem {
  return {
    code: "cli/file-unreadable",
    severity: "error",
    summary: "The file cannot be read",
    got: path,
    fix: "Name an existing file.",
    evidence,
  };
}

export function notAReview(path: string): Problem {
  return {
    code: "cli/not-a-review",
    severity: "error",
    summary: "This is not a review in Markdown",
    got: path,
    expected: "a file that begins with the hidden line of a review",
    fix: "Name the file that `outbound review --md` has written.",
  };
}

export function noSuchDirectory(path: string): Problem {
  return {
    code: "cli/no-such-directory",
    severity: "error",
    summary: "There is no such directory",
    got: path,
    expected: "the directory of a configuration, or of a stack that has been synthesised",
    fix: "Correct the path; synthesise the program first.",
  };
}

const NO_ROOM = ["ENOSPC", "EFBIG", "EDQUOT"];
const NOT_ALLOWED = ["EACCES", "EPERM", "EROFS"];

/** An error of the operating system is not a defect of this package; undefined for any other error. */
function machineRefused(error: unknown): Problem | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // Other thrown values have none of these fields.
  const { code = "", message = "", path } = error as Partial<NodeJS.ErrnoException>;
  const hasNoRoom = NO_ROOM.includes(code);
  // An error about a port has no path.
  if (!hasNoRoom && !(NOT_ALLOWED.includes(code) && path !== undefined)) return undefined;
  return {
    code: hasNoRoom ? "cli/no-room-for-file" : "cli/file-not-allowed",
    severity: "error",
    summary: hasNoRoom ? "There is no room to write a file" : "A file or folder may not be used",
    got: path === undefined || message.includes(path) ? message : `${message} (${path})`,
    expected: hasNoRoom ? "room on the disk, and no limit that files reach (`ulimit -f`)" : "the permission to use it",
    fix: hasNoRoom
      ? "Make room and run the command again; temporary files go to the folder that TMPDIR names."
      : "Run the command as the user whose file it is, or name another place.",
  };
}

/** The problems of a failed command; an unforeseen error becomes one problem. */
export const problemsIn = (error: unknown): readonly Problem[] =>
  error instanceof ProblemError ? error.problems : [unexpected(error)];

export function unexpected(error: unknown): Problem {
  const refused = machineRefused(error);
  if (refused !== undefined) return refused;
  return {
    code: "cli/unexpected",
    severity: "error",
    summary: error instanceof Error ? error.message : String(error),
    fix: "This should have been a clearer message: run the command again with --debug and report what it prints.",
  };
}

export const noRefusal = (): Problem => ({
  code: "cli/no-refusal",
  severity: "error",
  summary: "There is no refusal in these words",
  expected: 'a reply that begins with 4 or 5, such as "550 5.1.1 User unknown", or text that holds one',
  fix: "Give the server's words with their code, in quotes; or lines of a log or a bounce on standard input.",
});

export const noFallback = (stack: string): UsageError =>
  new UsageError({
    code: "cli/no-fallback",
    severity: "error",
    summary: "--notify mail has no relay to send by",
    got: `${stack} declares no second relay`,
    expected: "`fallback` of an AlertMail, or an outbound_test_email with `fallback = true`",
    fix: "Declare a second relay, at another provider than the first: the mail of the first one is what may be broken.",
  });

export const fallbackIsBroken = (address: string, server: string): Problem => ({
  code: "cli/fallback-broken",
  severity: "error",
  summary: `${address}: nobody was told by ${server}, which was found broken itself`,
  fix: "Put it right first; until then only the other ways of --notify tell.",
});

export const fallbackRefuses = (address: string, server: string, evidence: string): Problem => ({
  code: "cli/fallback-refuses",
  severity: "error",
  summary: `${address}: nobody was told by ${server}`,
  fix: "Put the second relay right: `outbound send --from-stack --only` of this address shows every stage.",
  evidence,
});
