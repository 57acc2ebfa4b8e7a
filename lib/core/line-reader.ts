import type { Socket } from "node:net";
import { reasonOf } from "./clock";
import { whenAborted } from "./signals";

export interface LineLimits {
  /** The greatest length of a line in octets, without its end. */
  readonly longestLine: number;
  /** How many unread octets are kept: from there on the other side has to wait. */
  readonly mostBuffered: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How a connection ended: closed by the other side, or broken. */
export interface StreamEnd {
  readonly fault: "closed" | "broken";
  readonly cause?: Error;
}

/** The connection ended before a line was complete. */
export class StreamEnded extends Error {
  constructor(readonly end: StreamEnd) {
    super(`the connection is ${end.fault}`, { cause: end.cause });
  }
}

/** A line exceeds the limit. */
export class LineTooLong extends Error {
  constructor(readonly beginning: string) {
    super("the line is too long");
  }
}

/** Reads a socket line by line, in bounded memory. */
export class LineReader {
  private received: Buffer = Buffer.alloc(0);
  private end: StreamEnd | undefined;
  private wake: (() => void) | undefined;

  /** @param onEnd called once, when the connection ends */
  constructor(
    private readonly socket: Socket,
    private readonly limits: LineLimits,
    private readonly onEnd: (end: StreamEnd) => void = () => undefined,
  ) {
    socket.on("data", this.onData).on("error", this.onError).on("end", this.onClose).on("close", this.onClose);
  }

  get ended(): StreamEnd | undefined {
    return this.end;
  }

  /** The received octets that have not been read. */
  get pending(): Buffer {
    return this.received;
  }

  /**
   * Reads the next line. The signal only ends the waiting: the rest of the line stays unread.
   *
   * @throws StreamEnded, LineTooLong
   */
  async next(signal: AbortSignal): Promise<string> {
    const { longestLine } = this.limits;
    for (;;) {
      const end = this.received.indexOf(LINE_FEED);
      const length = end < 0 ? this.received.length : end;
      // The limit holds however the network splits the line.
      if ((this.received[length - 1] === CARRIAGE_RETURN ? length - 1 : length) > longestLine) {
        throw new LineTooLong(this.received.subarray(0, longestLine).toString());
      }
      if (end >= 0) {
        const line = this.received.subarray(0, end).toString("utf8").replace(/\r$/, "");
        this.received = this.received.subarray(end + 1);
        return line;
      }
      if (this.end) throw new StreamEnded(this.end);
      await this.more(signal);
    }
  }

  /** Leaves the socket to somebody else. Octets that were received and not read are lost. */
  stop(): void {
    this.socket.off("data", this.onData).off("end", this.onClose).off("close", this.onClose).off("error", this.onError);
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const stopListening = whenAborted(signal, () => {
        this.wake = undefined;
        reject(reasonOf(signal));
      });
      this.wake = () => {
        this.wake = undefined;
        stopListening();
        resolve();
      };
    });
  }

  private readonly onData = (chunk: Buffer) => {
    this.received = Buffer.concat([this.received, chunk]);
    // A flood is cut where it would be refused anyway.
    if (this.received.length > this.limits.mostBuffered) this.socket.pause();
    this.wake?.();
  };
  private readonly onError = (cause: Error) => this.finish({ fault: "broken", cause });
  private readonly onClose = () => this.finish({ fault: "closed" });

  private finish(end: StreamEnd): void {
    if (this.end === undefined) this.onEnd(end);
    this.end ??= end;
    this.wake?.();
  }
}
