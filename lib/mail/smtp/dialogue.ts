import type { Socket } from "node:net";
import type * as tls from "node:tls";
import { reasonOf } from "../../core/clock";
import { printable } from "../../core/printable";
import { hasControlCharacter } from "../../validators/single-line";
import { StepTimeout } from "../wire/deadline";
import type { ConnectionLog } from "../wire/transcript";
import { ignore, handshake } from "../wire/handshake";
import { makeReply, parseReplyLine, type Reply } from "./reply";

/** Why a dialogue broke, other than by a refusal. */
export type DialogueFault =
  | "closed" // the server hung up
  | "broken" // the connection broke; `cause` tells how
  | "not-smtp" // what came is no SMTP reply
  | "too-long" // a reply without end
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

/** Commands out, replies in, one at a time, over a plain or encrypted socket. */
export class Dialogue {
  private received: Buffer = Buffer.alloc(0);
  private ended: DialogueError | undefined;
  private abandoned = false;
  private handedOver = false;
  private leaving = false;
  private wake: (() => void) | undefined;

  constructor(
    private socket: Socket,
    /** Where every line is written. @default nowhere */
    private readonly wire?: ConnectionLog,
  ) {
    this.listen();
  }

  /** False once a wait was broken off or the server hung up: the next reply could belong to anything. */
  get usable(): boolean {
    return this.ended === undefined && !this.abandoned;
  }

  /** The next reply. The signal only ends the waiting: close the dialogue then, it is out of step. */
  async receive(signal: AbortSignal): Promise<Reply> {
    const texts: string[] = [];
    let code: number | undefined;
    for (;;) {
      const line = await this.line(signal);
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
    // The last line of defence: every field was checked before, with a better message.
    if (hasControlCharacter(line)) throw new RangeError("an SMTP command is one line");
    if (Buffer.byteLength(line) > (line.startsWith("AUTH") ? LONGEST_AUTH : LONGEST_COMMAND)) {
      throw new RangeError("the SMTP command is too long");
    }
    return this.send(line, signal, () => this.wire?.sent(line));
  }

  /** A line that answers a 334: base64, which may be long. */
  async answer(base64: string, signal: AbortSignal): Promise<Reply> {
    return this.send(base64, signal, () => this.wire?.answered(Buffer.byteLength(base64)));
  }

  /**
   * Encrypts the connection. Everything received before the handshake must have been asked for:
   * what follows the 220 in plain text was put there by somebody in between.
   */
  async encrypt(options: tls.ConnectionOptions, signal: AbortSignal): Promise<tls.TLSSocket> {
    if (this.received.length > 0) throw this.outOfTurn("injected");
    this.forget();
    // From here on the plain socket belongs to the handshake: destroying it below one crashes Node.
    this.handedOver = true;
    const secured = await handshake({ ...options, socket: this.socket }, signal);
    this.handedOver = false;
    this.socket = secured;
    this.received = Buffer.alloc(0);
    this.wire?.secured(secured);
    this.listen();
    return secured;
  }

  /** Says goodbye without waiting for the answer. */
  quit(): void {
    if (this.ended === undefined && this.socket.writable) {
      this.wire?.sent("QUIT");
      this.socket.end("QUIT\r\n");
    }
    this.leaving = true;
    const { socket } = this;
    // A server that never closes its side must not keep the process.
    setTimeout(() => socket.destroy(), 1_000).unref();
    socket.unref();
  }

  close(): void {
    this.leaving = true;
    if (!this.handedOver) this.socket.destroy();
  }

  private async send(line: string, signal: AbortSignal, write: () => void): Promise<Reply> {
    if (this.received.length > 0) throw this.outOfTurn("unsolicited");
    if (this.ended) throw this.ended;
    write();
    this.socket.write(`${line}\r\n`);
    return this.receive(signal);
  }

  private async line(signal: AbortSignal): Promise<string> {
    for (;;) {
      const end = this.received.indexOf(0x0a);
      // However the network cuts it: too long is too long.
      if (end > LONGEST_LINE || (end < 0 && this.received.length > LONGEST_LINE)) {
        throw new DialogueError("too-long", printable(this.received.subarray(0, LONGEST_LINE).toString()));
      }
      if (end >= 0) {
        const line = this.received.subarray(0, end).toString("utf8").replace(/\r$/, "");
        this.received = this.received.subarray(end + 1);
        return line;
      }
      if (this.ended) throw this.withEvidence(this.ended);
      await this.more(signal);
    }
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const onAbort = () => {
        this.wake = undefined;
        this.abandoned = true;
        const reason = reasonOf(signal);
        this.wire?.trouble(
          reason instanceof StepTimeout ? `silence for ${reason.ms / 1_000} s, gave up` : "stopped while waiting",
        );
        reject(reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.wake = () => {
        this.wake = undefined;
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
    });
  }

  private withEvidence(error: DialogueError): DialogueError {
    const rest = printable(this.received.toString());
    if (rest !== "") this.wire?.received(rest);
    return rest === "" ? error : new DialogueError(error.fault, rest, { cause: error.cause });
  }

  private readonly onData = (chunk: Buffer) => {
    this.received = Buffer.concat([this.received, chunk]);
    // A flood is cut where it would be refused anyway.
    if (this.received.length > LONGEST_LINE * MOST_LINES) this.socket.pause();
    this.wake?.();
  };
  private readonly onError = (error: Error) => this.end(new DialogueError("broken", undefined, { cause: error }));
  private readonly onClose = () => this.end(new DialogueError("closed", undefined));

  private outOfTurn(fault: "injected" | "unsolicited"): DialogueError {
    this.wire?.trouble("the server spoke out of turn:");
    this.wire?.received(this.received.toString());
    return new DialogueError(fault, printable(this.received.toString()));
  }

  private end(error: DialogueError): void {
    if (this.ended === undefined && !this.leaving) {
      const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
      this.wire?.trouble(error.fault === "closed" ? "the server hung up" : `the connection broke: ${code ?? "error"}`);
    }
    this.ended ??= error;
    this.wake?.();
  }

  private listen(): void {
    this.socket.on("data", this.onData).on("error", this.onError).on("end", this.onClose).on("close", this.onClose);
  }

  private forget(): void {
    this.socket.off("data", this.onData).off("end", this.onClose).off("close", this.onClose).off("error", this.onError);
    this.socket.on("error", ignore);
  }
}
