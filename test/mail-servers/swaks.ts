import { execFile } from "node:child_process";
import type { Target } from "../../lib/mail";
import { AUTH, BANNER, DATA, EHLO, EHLO_TLS, MAIL, TCP, TLS } from "../../lib/mail/stage/stage";
import { program } from "./requirements";

/** The stage that each of swaks' exit codes stands for, as its manual has it. "RCPT" is that of any receiver. */
const STAGES: Readonly<Record<number, string>> = {
  0: "none",
  2: TCP,
  // A mechanism that it does not know.
  10: "unsupported",
  21: BANNER,
  22: EHLO,
  23: MAIL,
  24: "RCPT",
  25: DATA,
  26: DATA,
  28: AUTH,
  29: TLS,
  32: EHLO_TLS,
};

const CONNECTION_LOST = 6;
/** For each answer. It may wait for several that do not come: that of HELO after EHLO, that of QUIT. */
const TIMEOUT = "3s";
const HANGS_MS = 13_000;

export interface SwaksOpinion {
  readonly exit: number;
  /** Where it failed; "none" when it did not, "hangs" when it never ended. */
  readonly stage: string;
  /** Its whole conversation. */
  readonly output: string;
}

export interface SwaksOptions {
  /** Where the target's host is. @default 127.0.0.1 */
  readonly address?: string;
  /** Sends the message instead of stopping after the receivers. */
  readonly send?: boolean;
  /** More of its options. */
  readonly more?: readonly string[];
}

/** What swaks finds out about the same target, with the certificate verified as far as it does that. */
export function askSwaks(target: Target, options: SwaksOptions = {}): Promise<SwaksOpinion> {
  const { login, security, port, from, to, ca } = target;
  const args = [
    ...["--server", options.address ?? "127.0.0.1", "--port", String(port)],
    ...["--from", from, "--to", to.join(","), "--helo", "swaks.outbound.test"],
    ...["--timeout", TIMEOUT, "--suppress-data"],
    ...(security === "starttls" ? ["--tls"] : security === "tls" ? ["--tls-on-connect"] : []),
    ...(security === "none" || ca === undefined ? [] : ["--tls-verify", "--tls-ca-path", ca, "--tls-sni", target.host]),
    ...(login === undefined
      ? []
      : ["--auth", ...(login.mechanism ? [login.mechanism] : []), "--auth-user", login.username, "--auth-password"]),
    ...(login === undefined ? [] : [login.password]),
    ...(options.send === true ? [] : ["--quit-after", "RCPT"]),
    ...(options.more ?? []),
  ];
  return new Promise((resolve) => {
    execFile(program("swaks")!, args, { timeout: HANGS_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      const stage = error?.killed === true ? "hangs" : exit === CONNECTION_LOST ? lastStage(stdout) : STAGES[exit];
      resolve({ exit, stage: stage ?? `exit ${exit}`, output: `${stdout}${stderr}` });
    });
  });
}

const COMMANDS: Readonly<Record<string, string>> = { EHLO, STARTTLS: TLS, AUTH, MAIL, RCPT: "RCPT", DATA };

/** swaks tells that the connection was lost, but not where: its last command does. */
function lastStage(output: string): string {
  const sent = [...output.matchAll(/^ ([-~])> ([A-Z]+)\b/gm)];
  const commands = sent.filter(([, , verb]) => COMMANDS[verb!] !== undefined);
  const [, encrypted, verb] = commands.at(-1) ?? [];
  if (verb === undefined) return BANNER;
  return verb === "EHLO" && encrypted === "~" ? EHLO_TLS : COMMANDS[verb]!;
}
