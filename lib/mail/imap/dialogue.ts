import type { Socket } from "node:net";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { printable } from "../../core/printable";
import { LineSocket, type LineFault } from "../wire/line-socket";

/** Why the dialogue before the login failed. */
export type ImapFault =
  | LineFault // no more lines came, or one without end
  | "not-imap"; // what came is no IMAP

export class ImapDialogueError extends Error {
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

/** The answer to a command: its tagged line, and the untagged ones before it. */
export interface ImapAnswer {
  /** "OK", "NO", "BAD". */
  readonly status: string;
  readonly text: string;
  readonly untagged: readonly string[];
}

/**
 * An IMAP dialogue for the time before the login: greeting, CAPABILITY and STARTTLS, where no literal may occur. @see
 * RFC 3501 section 7
 */
export class ImapDialogue {
  private readonly lines: LineSocket;
  private tags = 0;

  constructor(socket: Socket) {
    this.lines = new LineSocket(socket, {
      longestLine: LONGEST_LINE,
      mostBuffered: LONGEST_LINE * MOST_LINES,
      fault: (fault, evidence, options) => new ImapDialogueError(fault, evidence, options),
    });
  }

  /** Received text that was not requested; undefined where there is none. */
  get outOfTurn(): string | undefined {
    return this.lines.hasPending ? printable(this.lines.pending) : undefined;
  }

  /** The signal ends the waiting, and with it the use of this connection. */
  line(signal: AbortSignal): Promise<string> {
    return this.lines.line(signal);
  }

  async command(words: string, signal: AbortSignal): Promise<ImapAnswer> {
    const tag = `P${++this.tags}`;
    this.lines.write(`${tag} ${words}`);
    const untagged: string[] = [];
    for (;;) {
      const line = await this.lines.line(signal);
      const [, found, status = "", text = ""] = /^(\S+) (\S+)(?: (.*))?$/s.exec(line) ?? [];
      if (found === tag) return { status: status.toUpperCase(), text: printable(text), untagged };
      if (found !== "*") throw new ImapDialogueError("not-imap", printable(line));
      // The server ends the connection in the middle of the dialogue.
      if (status.toUpperCase() === "BYE") throw new ImapDialogueError("closed", printable(text));
      untagged.push(line.slice(2));
      if (untagged.length >= MOST_LINES) throw new ImapDialogueError("too-long", printable(line));
    }
  }

  encrypt(options: ConnectionOptions, signal: AbortSignal): Promise<TLSSocket> {
    return this.lines.encrypt(options, signal);
  }

  /** Ends the connection without waiting for the answer. */
  leave(): void {
    this.lines.leave("Q LOGOUT");
  }
}
