import type { Socket } from "node:net";
import type * as tls from "node:tls";
import { printable } from "../../core/printable";
import { hasControlCharacter } from "../../validators/single-line";
import type { ConnectionLog } from "../wire/transcript";
import { LineSocket, type LineFault } from "../wire/line-socket";
import { makeReply, parseReplyLine, type Reply } from "./reply";

/** Why a dialogue failed, other than by a refusal. */
export type DialogueFault =
  | LineFault // no more lines came, or one without end
  | "not-smtp" // what came is no SMTP reply
  | "unsolicited" // the server spoke out of turn
  | "injected"; // plain text followed the server's consent to STARTTLS

export class DialogueError extends Error {
  constructor(
    readonly fault: DialogueFault,
    /** What the server had sent. */
    readonly evidence: string | undefined,
    options?: ErrorOptions,
  ) {
    super(`SMTP dialogue: ${fault}`, options);
    this.name = "DialogueError";
  }
}

/** RFC 5321 allows 512 octets a line; servers in the wild send a little more. */
const LONGEST_LINE = 4_096;
const MOST_LINES = 128;
/** RFC 5321 section 4.5.3.1.4, the line break included; RFC 4954 allows more for AUTH only. */
const LONGEST_COMMAND = 510;
const LONGEST_AUTH = 12_286;

/** An SMTP dialogue: one command and its reply at a time, over a plain or encrypted socket. */
export class Dialogue {
  private readonly lines: LineSocket;

  constructor(
    socket: Socket,
    /** Records every line. @default nowhere */
    private readonly wire?: ConnectionLog,
  ) {
    this.lines = new LineSocket(
      socket,
      {
        longestLine: LONGEST_LINE,
        mostBuffered: LONGEST_LINE * MOST_LINES,
        fault: (fault, evidence, options) => new DialogueError(fault, evidence, options),
      },
      wire,
    );
  }

  /** False once a wait was aborted or the server hung up: the next reply could belong to anything. */
  get usable(): boolean {
    return this.lines.usable;
  }

  /** Whether the connection exists, without received text that waits to be read. */
  get silent(): boolean {
    return this.lines.usable && !this.lines.hasPending;
  }

  /** Reads the next reply. The signal only ends the waiting: close the dialogue then, it is out of step. */
  async receive(signal: AbortSignal): Promise<Reply> {
    const texts: string[] = [];
    let code: number | undefined;
    for (;;) {
      const line = await this.lines.line(signal);
      this.wire?.received(line);
      const parsed = parseReplyLine(line);
      if (!parsed || (code !== undefined && parsed.code !== code)) throw new DialogueError("not-smtp", printable(line));
      code = parsed.code;
      texts.push(parsed.text);
      if (parsed.last) return makeReply(code, texts);
      if (texts.length >= MOST_LINES) throw new DialogueError("too-long", printable(texts.join(" ")));
    }
  }

  async command(line: string, signal: AbortSignal): Promise<Reply> {
    // The last check: every field was checked before, with a better message.
    if (hasControlCharacter(line)) throw new RangeError("an SMTP command is one line");
    if (Buffer.byteLength(line) > (line.startsWith("AUTH") ? LONGEST_AUTH : LONGEST_COMMAND)) {
      throw new RangeError("the SMTP command is too long");
    }
    return this.send(line, signal, () => this.wire?.sent(line));
  }

  /** Answers a 334 with a line of base64, which may be long. */
  async answer(base64: string, signal: AbortSignal): Promise<Reply> {
    return this.send(base64, signal, () => this.wire?.answered(Buffer.byteLength(base64)));
  }

  /** Encrypts the connection. Plain text after the 220 was inserted by somebody in between. */
  async encrypt(options: tls.ConnectionOptions, signal: AbortSignal): Promise<tls.TLSSocket> {
    if (this.lines.hasPending) throw this.outOfTurn("injected");
    return this.lines.encrypt(options, signal);
  }

  /** Sends QUIT without waiting for the answer. */
  quit(): void {
    this.lines.leave("QUIT");
  }

  close(): void {
    this.lines.close();
  }

  private async send(line: string, signal: AbortSignal, write: () => void): Promise<Reply> {
    if (this.lines.hasPending) throw this.outOfTurn("unsolicited");
    this.lines.write(line, write);
    return this.receive(signal);
  }

  private outOfTurn(fault: "injected" | "unsolicited"): DialogueError {
    const { pending } = this.lines;
    this.wire?.trouble("the server spoke out of turn:");
    this.wire?.received(pending);
    return new DialogueError(fault, printable(pending));
  }
}
