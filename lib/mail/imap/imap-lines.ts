import type { Socket } from "node:net";
import { reasonOf } from "../../core/clock";
import { printable } from "../../core/printable";

/** Why the talk before the login broke. */
export type ImapFault =
  | "closed" // the server hung up
  | "broken" // the connection broke; `cause` tells how
  | "too-long" // a line or an answer without end
  | "not-imap"; // what came is no IMAP

export class ImapTalkError extends Error {
  constructor(
    readonly fault: ImapFault,
    /** What the server had sent. */
    readonly evidence: string | undefined,
    options?: ErrorOptions,
  ) {
    super(`IMAP: ${fault}`, options);
    this.name = "ImapTalkError";
  }
}

/** Greetings and lists of capabilities are some hundred octets long. */
const LONGEST_LINE = 8_192;
const MOST_LINES = 64;

/** The answer to a command: its tagged line, and the untagged ones before. */
export interface ImapAnswer {
  /** "OK", "NO", "BAD". */
  readonly status: string;
  readonly text: string;
  readonly untagged: readonly string[];
}

/**
 * Lines of IMAP over a socket of our own, for the time before the login: greeting, CAPABILITY and
 * STARTTLS, where no literal may occur. @see RFC 3501 section 7
 */
export class ImapLines {
  private received: Buffer = Buffer.alloc(0);
  private ended: ImapTalkError | undefined;
  private wake: (() => void) | undefined;
  private tags = 0;

  constructor(private readonly socket: Socket) {
    socket.on("data", this.onData).on("error", this.onError).on("end", this.onClose).on("close", this.onClose);
  }

  /** Something was received that nobody asked for. */
  get spokeOutOfTurn(): boolean {
    return this.received.length > 0;
  }

  /** What was received and not read yet. */
  get pending(): string {
    return printable(this.received.toString());
  }

  /** Stops listening, so that TLS can take the socket over. */
  release(): void {
    const { socket } = this;
    socket.off("data", this.onData).off("error", this.onError).off("end", this.onClose).off("close", this.onClose);
    // An error event without a listener ends the process.
    socket.on("error", () => undefined);
  }

  async command(words: string, signal: AbortSignal): Promise<ImapAnswer> {
    const tag = `P${++this.tags}`;
    this.socket.write(`${tag} ${words}\r\n`);
    const untagged: string[] = [];
    for (;;) {
      const line = await this.line(signal);
      const [, found, status = "", text = ""] = /^(\S+) (\S+)(?: (.*))?$/s.exec(line) ?? [];
      if (found === tag) return { status: status.toUpperCase(), text: printable(text), untagged };
      if (found !== "*") throw new ImapTalkError("not-imap", printable(line));
      // The server says goodbye in the middle of the talk.
      if (status.toUpperCase() === "BYE") throw new ImapTalkError("closed", printable(text));
      untagged.push(line.slice(2));
      if (untagged.length >= MOST_LINES) throw new ImapTalkError("too-long", printable(line));
    }
  }

  /** The signal ends the waiting, and with it the use of this connection. */
  async line(signal: AbortSignal): Promise<string> {
    for (;;) {
      const end = this.received.indexOf(0x0a);
      if (end >= 0) {
        const line = this.received.subarray(0, end).toString("utf8").replace(/\r$/, "");
        this.received = this.received.subarray(end + 1);
        return line;
      }
      if (this.received.length > LONGEST_LINE) throw new ImapTalkError("too-long", this.pending);
      if (this.ended) throw new ImapTalkError(this.ended.fault, this.pending || undefined, { cause: this.ended.cause });
      await this.more(signal);
    }
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const onAbort = () => reject(reasonOf(signal));
      signal.addEventListener("abort", onAbort, { once: true });
      this.wake = () => {
        this.wake = undefined;
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
    });
  }

  private readonly onData = (chunk: Buffer) => {
    this.received = Buffer.concat([this.received, chunk]);
    // A flood is cut where it would be refused anyway.
    if (this.received.length > LONGEST_LINE * MOST_LINES) this.socket.pause();
    this.wake?.();
  };
  private readonly onError = (error: Error) => this.end(new ImapTalkError("broken", undefined, { cause: error }));
  private readonly onClose = () => this.end(new ImapTalkError("closed", undefined));

  private end(error: ImapTalkError): void {
    this.ended ??= error;
    this.wake?.();
  }
}
