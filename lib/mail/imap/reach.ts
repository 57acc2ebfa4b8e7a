import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { pinnedAuthorities } from "../wire/authorities";
import { judgeCertificate } from "../wire/certificate";
import { tlsOptions } from "../wire/tls-options";
import { open } from "../wire/open-socket";
import { StepTimeout, type Deadline } from "../wire/deadline";
import { handshake } from "../wire/handshake";
import { remedyFor } from "../stage/remedy";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { addressesOf, connectToFirst } from "./connect";
import { explainImapTls, explainStep } from "./explain";
import { ImapLines } from "./imap-lines";
import type { Mailbox } from "./mailbox";
import { remedies } from "./remedies";

const GREETING_MS = 20_000;
const TLS_MS = 10_000;
const REPLY_MS = 20_000;
/** For asking a silent port whether it waits for TLS. */
const ASK_MS = 3_000;

/** What was found out before anything secret is said. */
export interface Reached {
  readonly ip: string;
  readonly ca: readonly string[] | undefined;
  /** What the server offers, in capitals, as asked for over the line that will be used. */
  readonly capabilities: ReadonlySet<string>;
  /** What the server said first. */
  readonly greeting: string;
  /** "TLSv1.3 TLS_AES_256_GCM_SHA384", when the line is encrypted. */
  readonly encryption?: string;
  readonly warning?: Problem;
}

/**
 * Walks up to the login over a connection of its own, where every failure can be told apart and the
 * certificate is judged as that of the SMTP server is. Sends nothing secret.
 */
export async function reachMailbox(
  mailbox: Mailbox,
  ca: readonly string[] | undefined,
  runtime: ProbeRuntime,
  deadline: Deadline,
): Promise<Reached> {
  const addresses = await addressesOf(mailbox.host, runtime.resolver, deadline);
  const { ip, socket } = await connectToFirst(addresses, mailbox.port, deadline);
  const walk = new Walk(mailbox, ca, ip, socket, runtime, deadline);
  try {
    return await walk.run();
  } finally {
    walk.end();
  }
}

class Walk {
  private socket: Socket | undefined;
  private lines: ImapLines | undefined;
  private said = "";
  private encryption: { readonly detail: string; readonly warning?: Problem } | undefined;

  constructor(
    private readonly mailbox: Mailbox,
    private readonly ca: readonly string[] | undefined,
    private readonly ip: string,
    socket: Socket,
    private readonly runtime: ProbeRuntime,
    private readonly deadline: Deadline,
  ) {
    this.socket = socket;
  }

  async run(): Promise<Reached> {
    const { security } = this.mailbox;
    if (security === "tls") await this.encrypt();
    this.lines = new ImapLines(this.socket!);
    const greeting = await this.greeting();
    let capabilities = await this.capabilities();
    if (security === "starttls") {
      // Nobody can ask for STARTTLS once logged in (RFC 3501 section 6.2.1): a way to suppress it.
      if (greeting === "PREAUTH") throw new ProblemError(remedyFor(remedies.preauthenticated));
      await this.startTls(capabilities);
      // What was offered before encryption may have been put there by anybody: ask again.
      capabilities = await this.capabilities();
    }
    const { detail, warning } = this.encryption ?? {};
    return {
      ip: this.ip,
      ca: this.ca,
      capabilities,
      greeting: this.said,
      ...(detail === undefined ? {} : { encryption: detail.split(";")[0]! }),
      ...(warning && { warning: warningOfImap(warning, this.mailbox.host) }),
    };
  }

  end(): void {
    const { socket } = this;
    if (!socket || socket.destroyed) return;
    socket.end("Q LOGOUT\r\n");
    // A server that never closes its side must not keep the process.
    setTimeout(() => socket.destroy(), 1_000).unref();
    socket.unref();
  }

  private async greeting(): Promise<"OK" | "PREAUTH"> {
    const { port, security } = this.mailbox;
    // Some of the time is kept for finding out why it stays silent.
    const patience = Math.min(GREETING_MS, this.deadline.remainingMs * 0.6);
    let line: string;
    try {
      line = await this.deadline.step(patience, (signal) => this.lines!.line(signal));
    } catch (error) {
      if (this.deadline.signal.aborted || !(error instanceof StepTimeout)) throw this.explained(error, "greeting");
      const tls = security !== "tls" && (await this.speaksTls());
      throw new ProblemError(
        tls ? remedyFor(remedies.implicitTlsPort, { port }) : remedyFor(remedies.noGreeting, { port, ms: error.ms }),
      );
    }
    this.said = printable(line);
    const [, status = "", text = ""] = /^\* (OK|PREAUTH|BYE)\b(.*)$/is.exec(line) ?? [];
    switch (status.toUpperCase()) {
      case "OK":
        return "OK";
      case "PREAUTH":
        return "PREAUTH";
      case "BYE":
        throw new ProblemError(remedyFor(remedies.turnedAway, {}, printable(text)));
      default:
        throw new ProblemError(remedyFor(remedies.notImap, { port, guess: guessOf(line) }, printable(line)));
    }
  }

  /** A server that waits for a TLS handshake looks exactly like one that is dead: ask it. */
  private async speaksTls(): Promise<boolean> {
    try {
      const secured = await this.deadline.step(ASK_MS, async (signal) => {
        const socket = await open(this.ip, this.mailbox.port, signal);
        return handshake({ ...tlsOptions(this.mailbox.host, undefined), socket }, signal);
      });
      secured.destroy();
      return true;
    } catch {
      return false;
    }
  }

  private async capabilities(): Promise<ReadonlySet<string>> {
    const answer = await this.command("CAPABILITY");
    if (answer.status !== "OK") {
      throw new ProblemError(remedyFor(remedies.refused, { step: "CAPABILITY" }, answer.text));
    }
    const words = answer.untagged.filter((line) => /^CAPABILITY /i.test(line)).flatMap((line) => line.split(/\s+/));
    return new Set(words.slice(1).map((word) => word.toUpperCase()));
  }

  private async startTls(capabilities: ReadonlySet<string>): Promise<void> {
    if (!capabilities.has("STARTTLS")) {
      throw new ProblemError(remedyFor(remedies.startTlsNotOffered, {}, `offered: ${describe(capabilities)}`));
    }
    const answer = await this.command("STARTTLS");
    if (answer.status !== "OK") throw new ProblemError(remedyFor(remedies.startTlsRefused, {}, answer.text));
    // What follows the consent in plain text was put there by somebody in between.
    const { spokeOutOfTurn, pending } = this.lines!;
    if (spokeOutOfTurn) throw new ProblemError(remedyFor(remedies.startTlsInjection, {}, pending));
    this.lines!.release();
    await this.encrypt();
    this.lines = new ImapLines(this.socket!);
  }

  private async encrypt(): Promise<void> {
    const { host, port, ca } = this.mailbox;
    const options = { ...tlsOptions(host, this.ca), socket: this.socket };
    // The handshake ends the socket below it by itself; doing that from here would crash Node.
    this.socket = undefined;
    const secured: TLSSocket = await this.deadline
      .step(TLS_MS, (signal) => handshake(options, signal))
      .catch((error: unknown) => {
        throw this.deadline.signal.aborted ? error : new ProblemError(explainImapTls(error, { host, port }));
      });
    this.socket = secured;
    try {
      const { runtime } = this;
      const pinned = ca === undefined ? undefined : () => pinnedAuthorities(ca, runtime);
      this.encryption = judgeCertificate(secured, host, runtime.clock.now(), pinned);
    } catch (error) {
      throw error instanceof ProblemError ? new ProblemError(ofImap(error.problems[0]!, host)) : error;
    }
  }

  private async command(words: string) {
    try {
      return await this.deadline.step(REPLY_MS, (signal) => this.lines!.command(words, signal));
    } catch (error) {
      throw this.explained(error, words);
    }
  }

  private explained(error: unknown, step: string): unknown {
    return this.deadline.signal.aborted ? error : new ProblemError(explainStep(error, step));
  }
}

/** What was said of a certificate, said of the IMAP server's. */
function ofImap(problem: Problem, host: string): Problem {
  if (problem.code === "mail/certificate-wrong-name") {
    return remedyFor(remedies.certificateWrongName, { host }, problem.evidence);
  }
  return { ...problem, summary: `IMAP server ${host}: ${problem.summary}` };
}

/** What is worth a warning, likewise. */
function warningOfImap(problem: Problem, host: string): Problem {
  return /-expires-(soon|next)$/.test(problem.code)
    ? remedyFor(remedies.certificateExpires, { host, what: problem.summary })
    : ofImap(problem, host);
}

export const describe = (capabilities: ReadonlySet<string>) => printable([...capabilities].join(" ")) || "nothing";

function guessOf(greeting: string): string {
  if (/^220[ -]/.test(greeting)) return ", it looks like one for SMTP or FTP";
  if (greeting.startsWith("+OK")) return ", it is one for POP3";
  if (/^HTTP\//i.test(greeting)) return ", it is a web server";
  if (greeting.startsWith("SSH-")) return ", it is one for SSH";
  return "";
}
