import type { MailExitCode } from "../mail/diagnosis/exit-codes";

/** What `outbound` tells the shell; the same for every command and printed by `outbound --help`. */
export const ExitCode = {
  /** It worked, and what was checked holds. */
  ok: 0,
  /** It did not work, or what was checked does not hold. */
  failed: 1,
  /** The command line itself is wrong; nothing was done. */
  usage: 2,
  /** Of `comment` alone: the token may not write comments, as in pull requests of forks. */
  forbidden: 3,
  /** Of `reconcile` alone, where a wrong command line is {@link failed}: what exists is not what the code says. */
  drift: 2,
  /** Stopped by Ctrl-C or SIGTERM before it was through; what it had started is cleaned up. */
  interrupted: 130,
} as const;

/** `probe` and `send` have more of them, one for each stage. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode] | MailExitCode;

export const exitCodeHelp = `
Exit codes:
  0    it worked, and what was checked holds
  1    it did not work, or what was checked does not hold
  2    the command line is wrong; nothing was done (\`outbound reconcile\`: drift was found)
  3    of \`outbound comment\`: the token may not write comments, as in pull requests of forks
  10+  of \`outbound probe\` and \`outbound send\`: the stage that failed, see their --help
  130  stopped by Ctrl-C or SIGTERM; what had been started is cleaned up`;
