import type { Socket } from "node:net";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { LineReader, LineTooLong, StreamEnded, type LineLimits, type StreamEnd } from "../../core/line-reader";
import { printable } from "../../core/printable";
import { StepTimeout } from "./deadline";
import { handshake, ignore } from "./handshake";
import type { ConnectionLog } from "./transcript";

/** Why there are no more lines. */
export type LineFault =
  | "closed" // the server hung up
  | "broken" // the connection broke; `cause` tells how
  | "too-long"; // a line without end

export interface LineProtocol extends LineLimits {
  /** The protocol's own error; `evidence` is what the server had sent. */
  fault(fault: LineFault, evidence: string | undefined, options?: ErrorOptions): Error;
}

/** Reads and writes text lines over a plain or encrypted socket, in bounded memory. */
export class LineSocket {
  private reader: LineReader;
  private abandoned = false;
  private handedOver = false;
  private leaving = false;

  constructor(
    private socket: Socket,
    private readonly protocol: LineProtocol,
    /** Records events; the reader records the lines themselves. @default nowhere */
    private readonly log?: ConnectionLog,
  ) {
    this.reader = this.readerOf(socket);
  }

  /** False once a wait was aborted or the server hung up: the next line could belong to anything. */
  get usable(): boolean {
    return this.reader.ended === undefined && !this.abandoned;
  }

  /** Text that was received and not read yet. */
  get pending(): string {
    return this.reader.pending.toString();
  }

  get hasPending(): boolean {
    return this.reader.pending.length > 0;
  }

  /** Writes a line; `note` records it, in words that may be seen. */
  write(line: string, note?: () => void): void {
    if (this.reader.ended) throw this.endedBy(this.reader.ended);
    note?.();
    this.socket.write(`${line}\r\n`);
  }

  /** Reads the next line. The signal only ends the waiting: close the socket then, it is out of step. */
  async line(signal: AbortSignal): Promise<string> {
    const wasAborted = signal.aborted;
    try {
      return await this.reader.next(signal);
    } catch (error) {
      if (error instanceof LineTooLong) throw this.protocol.fault("too-long", printable(error.beginning));
      if (error instanceof StreamEnded) throw this.endedBy(error.end);
      if (!wasAborted) this.abandon(error);
      throw error;
    }
  }

  /** Encrypts the connection. Unread text is dropped: check {@link pending} first. */
  async encrypt(options: ConnectionOptions, signal: AbortSignal): Promise<TLSSocket> {
    if (this.reader.ended) throw this.endedBy(this.reader.ended);
    this.reader.stop();
    this.socket.on("error", ignore);
    // From here on the plain socket belongs to the handshake: destroying it below one crashes Node.
    this.handedOver = true;
    const secured = await handshake({ ...options, socket: this.socket }, signal);
    this.handedOver = false;
    this.socket = secured;
    this.log?.secured(secured);
    this.reader = this.readerOf(secured);
    return secured;
  }

  /** Sends a last line without waiting for the answer. */
  leave(goodbye: string): void {
    if (this.reader.ended === undefined && this.socket.writable) {
      this.log?.sent(goodbye);
      this.socket.end(`${goodbye}\r\n`);
    }
    this.leaving = true;
    const { socket } = this;
    // A server that never closes its side must not keep the process alive.
    setTimeout(() => socket.destroy(), 1_000).unref();
    socket.unref();
  }

  close(): void {
    this.leaving = true;
    if (!this.handedOver) this.socket.destroy();
  }

  private readerOf(socket: Socket): LineReader {
    return new LineReader(socket, this.protocol, ({ fault, cause }) => {
      if (this.leaving) return;
      const { code } = (cause ?? {}) as NodeJS.ErrnoException;
      this.log?.trouble(fault === "closed" ? "the server hung up" : `the connection broke: ${code ?? "error"}`);
    });
  }

  private abandon(reason: unknown): void {
    this.abandoned = true;
    this.log?.trouble(
      reason instanceof StepTimeout ? `silence for ${reason.ms / 1_000} s, gave up` : "stopped while waiting",
    );
  }

  /** With the beginning of a line that never ended, where there is one. */
  private endedBy({ fault, cause }: StreamEnd): Error {
    const rest = printable(this.pending);
    if (rest !== "") this.log?.received(rest);
    return this.protocol.fault(fault, rest === "" ? undefined : rest, cause && { cause });
  }
}
