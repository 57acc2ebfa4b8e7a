import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { ProblemError, restated, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { judgeCertificate } from "../wire/certificate";
import { tlsOptions } from "../wire/tls-options";
import { speaksTls } from "../wire/speaks-tls";
import { StepTimeout, type Deadline } from "../wire/deadline";
import { handshake } from "../wire/handshake";
import { remedyFor, type Remedy } from "../stage/remedy";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { addressesOf, connectToFirst } from "./connect";
import { explainImapTls, explainStep } from "./explain";
import { ImapDialogue } from "./dialogue";
import type { ImapMailbox } from "./mailbox";
import type { ExplainEntryRefusal, ImapEntryRefusal } from "./refusal";
import { remedies } from "./remedies";

/** The share of the time that is left; the rest is for finding out why the server is silent. */
const PART = 0.6;
const GREETING = { least: 1, most: 300_000 };
const REPLY = { least: 20_000, most: 300_000 };

/** What was found out before anything secret is sent. */
export interface ReachedMailbox {
  readonly ip: string;
  readonly ca: readonly string[] | undefined;
  /** The capabilities of the server in capitals, on the connection that will be used. */
  readonly capabilities: ReadonlySet<string>;
  /** The server's greeting. */
  readonly greeting: string;
  /** "TLSv1.3 TLS_AES_256_GCM_SHA384", when the connection is encrypted. */
  readonly encryption?: string;
  readonly warning?: Problem;
}

/**
 * Runs up to the login over a connection of its own, where every failure can be distinguished and the certificate is
 * judged like that of the SMTP server. Sends nothing secret.
 */
export async function reachMailbox(
  mailbox: ImapMailbox,
  ca: readonly string[] | undefined,
  runtime: ProbeRuntime,
  deadline: Deadline,
  explain: ExplainEntryRefusal,
): Promise<ReachedMailbox> {
  const addresses = await addressesOf(
    mailbox.host,
    { dnsServers: mailbox.dnsServers, resolver: runtime.resolver },
    deadline,
  );
  const { ip, socket } = await connectToFirst(addresses, mailbox.port, deadline);
  const way = new WayToLogin(mailbox, ca, ip, socket, runtime, deadline, explain);
  try {
    return await way.run();
  } finally {
    way.end();
  }
}

class WayToLogin {
  private socket: Socket | undefined;
  private dialogue: ImapDialogue | undefined;
  private said = "";
  private encryption: { readonly detail: string; readonly warning?: Problem } | undefined;

  constructor(
    private readonly mailbox: ImapMailbox,
    private readonly ca: readonly string[] | undefined,
    private readonly ip: string,
    socket: Socket,
    private readonly runtime: ProbeRuntime,
    private readonly deadline: Deadline,
    private readonly explain: ExplainEntryRefusal,
  ) {
    this.socket = socket;
  }

  async run(): Promise<ReachedMailbox> {
    const { security } = this.mailbox;
    if (security === "tls") await this.encrypt();
    this.dialogue = new ImapDialogue(this.socket!);
    const greeting = await this.greeting();
    let capabilities = await this.capabilities();
    if (security === "starttls") {
      // PREAUTH forbids STARTTLS (RFC 3501 section 6.2.1): somebody may use it to suppress encryption.
      if (greeting === "PREAUTH") throw new ProblemError(remedyFor(remedies.preauthenticated));
      await this.startTls(capabilities);
      // Anybody may have changed what was offered before encryption: ask again.
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
    if (this.dialogue) this.dialogue.leave();
    else this.socket?.destroy();
  }

  private async greeting(): Promise<"OK" | "PREAUTH"> {
    const { port, security } = this.mailbox;
    const patience = this.deadline.share(PART, GREETING);
    let line: string;
    try {
      line = await this.deadline.step(patience, (signal) => this.dialogue!.line(signal));
    } catch (error) {
      if (this.deadline.signal.aborted || !(error instanceof StepTimeout)) throw this.explained(error, "greeting");
      const tls = security !== "tls" && (await speaksTls(this.ip, this.mailbox, this.deadline));
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
        throw this.refused("greeting", text, remedies.turnedAway);
      default:
        throw new ProblemError(remedyFor(remedies.notImap, { port, guess: guessOf(line) }, printable(line)));
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
    if (answer.status !== "OK") throw this.refused("STARTTLS", answer.text, remedies.startTlsRefused);
    // Plain text after the server's agreement was inserted by somebody in between.
    const { outOfTurn } = this.dialogue!;
    if (outOfTurn !== undefined) throw new ProblemError(remedyFor(remedies.startTlsInjection, {}, outOfTurn));
    await this.encrypt();
  }

  private async encrypt(): Promise<void> {
    const { mailbox, dialogue, socket } = this;
    const options = tlsOptions(mailbox.host, this.ca);
    // The handshake ends the socket below it by itself; doing that from here would crash Node.
    this.socket = undefined;
    const secured: TLSSocket = await this.deadline
      .step(this.deadline.share(PART, REPLY), (signal) =>
        dialogue ? dialogue.encrypt(options, signal) : handshake({ ...options, socket }, signal),
      )
      .catch((error: unknown) => {
        throw this.deadline.signal.aborted ? error : new ProblemError(explainImapTls(error, mailbox));
      });
    this.socket = secured;
    try {
      this.encryption = judgeCertificate(secured, mailbox, this.runtime);
    } catch (error) {
      throw error instanceof ProblemError ? new ProblemError(ofImap(error.problems[0]!, mailbox.host)) : error;
    }
  }

  private async command(words: string) {
    try {
      return await this.deadline.step(this.deadline.share(PART, REPLY), (signal) =>
        this.dialogue!.command(words, signal),
      );
    } catch (error) {
      throw this.explained(error, words);
    }
  }

  private refused(step: ImapEntryRefusal["step"], said: string, otherwise: Remedy): ProblemError {
    const meant = this.explain({ step, said, mailbox: this.mailbox });
    return new ProblemError(meant ?? remedyFor(otherwise, {}, printable(said)));
  }

  private explained(error: unknown, step: string): unknown {
    return this.deadline.signal.aborted ? error : new ProblemError(explainStep(error, step));
  }
}

/** A problem of a certificate, for the IMAP server's. */
function ofImap(problem: Problem, host: string): Problem {
  if (problem.code === "mail/certificate-wrong-name") {
    return remedyFor(remedies.certificateWrongName, { host }, problem.evidence);
  }
  return restated(problem, (own) => [`IMAP server ${host}: `, ...own]);
}

/** A warning about a certificate, for the IMAP server's. */
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
