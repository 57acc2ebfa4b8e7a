import { whenAborted } from "../../core/signals";
import type { Socket } from "node:net";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { reasonOf } from "../../core/clock";
import { printable } from "../../core/printable";
import { StepTimeout } from "./deadline";
import { handshake, ignore } from "./handshake";
import type { ConnectionLog } from "./transcript";

/** Why there are no more lines. */
export type LineFault =
  | "closed" // the server hung up
  | "broken" // the connection broke; `cause` tells how
  | "too-long"; // a line without end

export interface LineProtocol {
  /** Octets of a line, without its end; longer ones are refused. */
  readonly longestLine: number;
  /** Octets that may be received and not read yet; beyond them the server has to wait. */
  readonly mostBuffered: number;
  /** Makes the protocol's own error; `evidence` is what the server had sent. */
  fault(fault: LineFault, evidence: string | undefined, options?: ErrorOptions): Error;
}

/** Reads and writes text lines over a plain or encrypted socket, in bounded memory. */
export class LineSocket {
  private received: Buffer = Buffer.alloc(0);
  private ended: { readonly fault: "closed" | "broken"; readonly cause?: Error } | undefined;
  private abandoned = false;
  private handedOver = false;
  private leaving = false;
  private wake: (() => void) | undefined;

  constructor(
    private socket: Socket,
    private readonly protocol: LineProtocol,
    /** Records events; the reader records the lines themselves. @default nowhere */
    private readonly log?: ConnectionLog,
  ) {
    this.listen();
  }

  /** False once a wait was aborted or the server hung up: the next line could belong to anything. */
  get usable(): boolean {
    return this.ended === undefined && !this.abandoned;
  }

  /** Text that was received and not read yet. */
  get pending(): string {
    return this.received.toString();
  }

  get hasPending(): boolean {
    return this.received.length > 0;
  }

  /** Writes a line; `note` records it, in words that may be seen. */
  write(line: string, note?: () => void): void {
    if (this.ended) throw this.endedBy();
    note?.();
    this.socket.write(`${line}\r\n`);
  }

  /** Reads the next line. The signal only ends the waiting: close the socket then, it is out of step. */
  async line(signal: AbortSignal): Promise<string> {
    const { longestLine } = this.protocol;
    for (;;) {
      const end = this.received.indexOf(0x0a);
      // Independent of the network's segments: a line that is too long is refused.
      if (end > longestLine || (end < 0 && this.received.length > longestLine)) {
        throw this.protocol.fault("too-long", printable(this.received.subarray(0, longestLine).toString()));
      }
      if (end >= 0) {
        const line = this.received.subarray(0, end).toString("utf8").replace(/\r$/, "");
        this.received = this.received.subarray(end + 1);
        return line;
      }
      if (this.ended) throw this.endedBy();
      await this.more(signal);
    }
  }

  /** Encrypts the connection. Unread text is dropped: check {@link pending} first. */
  async encrypt(options: ConnectionOptions, signal: AbortSignal): Promise<TLSSocket> {
    if (this.ended) throw this.endedBy();
    this.forget();
    // From here on the plain socket belongs to the handshake: destroying it below one crashes Node.
    this.handedOver = true;
    const secured = await handshake({ ...options, socket: this.socket }, signal);
    this.handedOver = false;
    this.socket = secured;
    this.received = Buffer.alloc(0);
    this.log?.secured(secured);
    this.listen();
    return secured;
  }

  /** Sends a last line without waiting for the answer. */
  leave(goodbye: string): void {
    if (this.ended === undefined && this.socket.writable) {
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

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const onAbort = () => {
        this.wake = undefined;
        this.abandoned = true;
        const reason = reasonOf(signal);
        this.log?.trouble(
          reason instanceof StepTimeout ? `silence for ${reason.ms / 1_000} s, gave up` : "stopped while waiting",
        );
        reject(reason);
      };
      const stopListening = whenAborted(signal, onAbort);
      this.wake = () => {
        this.wake = undefined;
        stopListening();
        resolve();
      };
    });
  }

  /** The error, with the beginning of an unfinished line where there is one. */
  private endedBy(): Error {
    const { fault, cause } = this.ended!;
    const rest = printable(this.pending);
    if (rest !== "") this.log?.received(rest);
    return this.protocol.fault(fault, rest === "" ? undefined : rest, cause && { cause });
  }

  private readonly onData = (chunk: Buffer) => {
    this.received = Buffer.concat([this.received, chunk]);
    // Text beyond what is refused anyway is dropped.
    if (this.received.length > this.protocol.mostBuffered) this.socket.pause();
    this.wake?.();
  };
  private readonly onError = (cause: Error) => this.end({ fault: "broken", cause });
  private readonly onClose = () => this.end({ fault: "closed" });

  private end(ended: NonNullable<typeof this.ended>): void {
    if (this.ended === undefined && !this.leaving) {
      const code = (ended.cause as NodeJS.ErrnoException | undefined)?.code;
      this.log?.trouble(ended.fault === "closed" ? "the server hung up" : `the connection broke: ${code ?? "error"}`);
    }
    this.ended ??= ended;
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
