import { encodeFrame, ErrorCode, Flag, FrameType, LARGEST_WINDOW, uint32 } from "./frames";

/** What a stream needs of its connection. */
export interface StreamHost {
  send(frame: Buffer): void;
  /** Bytes that the peer takes on all streams together. */
  sendWindow: number;
  largestPayload: number;
  /** Neither side will say more. */
  ended(stream: Stream): void;
}

/** What a client may send before it hears that more is taken: room for large states. */
export const RECEIVE_WINDOW = 16 << 20;

/** One request and its answer. */
export class Stream {
  onData: ((chunk: Buffer) => void) | undefined;
  /** The request is complete. */
  onEnd: (() => void) | undefined;
  /** The client, or its connection, is gone before the answer was complete. */
  onAborted: (() => void) | undefined;

  private readonly queue: Buffer[] = [];
  private trailers: Buffer | undefined;
  private responded = false;
  private requestEnded = false;
  private answerEnded = false;
  private closed = false;
  private received = 0;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly host: StreamHost,
    readonly id: number,
    readonly path: string,
    private sendWindow: number,
  ) {}

  /** Whether the client still waits for the beginning of the answer. */
  get waits(): boolean {
    return !this.responded && !this.closed;
  }

  /** The headers of the answer. */
  respond(headers: Buffer): void {
    if (!this.waits) return;
    this.responded = true;
    this.frame(FrameType.headers, Flag.endHeaders, headers);
  }

  /** A part of the answer; sent as fast as the client takes it. */
  write(data: Buffer): void {
    if (this.closed || this.answerEnded) return;
    this.queue.push(data);
    this.pump();
  }

  /** Resolves once all that was written is on its way, or nobody waits for it any more. Undefined when it is so now. */
  sent(): Promise<void> | undefined {
    if (this.queue.length === 0) return undefined;
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The end of the answer, after all that was written. Without an answer before it, this is all of it. */
  end(trailers: Buffer): void {
    if (this.closed || this.trailers !== undefined) return;
    this.responded = true;
    this.trailers = trailers;
    this.pump();
  }

  /** Sends what the client's windows allow. */
  pump(): void {
    while (this.queue.length > 0 && !this.closed) {
      const data = this.queue[0]!;
      const length = Math.min(data.length, this.sendWindow, this.host.sendWindow, this.host.largestPayload);
      if (length <= 0 && data.length > 0) return;
      this.frame(FrameType.data, 0, data.subarray(0, length));
      this.sendWindow -= length;
      this.host.sendWindow -= length;
      if (length === data.length) this.queue.shift();
      else this.queue[0] = data.subarray(length);
    }
    this.tellSent();
    if (this.trailers === undefined || this.answerEnded || this.closed) return;
    this.answerEnded = true;
    this.frame(FrameType.headers, Flag.endHeaders | Flag.endStream, this.trailers);
    if (this.requestEnded) return this.close();
    // What the client still sends is not wanted.
    this.reset(ErrorCode.none);
  }

  /** The client takes so many bytes more. False when that is more than there can be. */
  widen(bytes: number): boolean {
    this.sendWindow += bytes;
    this.pump();
    return this.sendWindow <= LARGEST_WINDOW;
  }

  receive(data: Buffer, last: boolean): void {
    if (this.requestEnded || this.closed) return;
    this.received += data.length;
    if (data.length > 0) this.onData?.(data);
    if (last) this.endRequest();
    else if (this.received >= RECEIVE_WINDOW / 2) {
      this.frame(FrameType.windowUpdate, 0, uint32(this.received));
      this.received = 0;
    }
  }

  /** Ends the stream without an answer. */
  reset(code: ErrorCode): void {
    if (this.closed) return;
    this.frame(FrameType.resetStream, 0, uint32(code));
    this.close();
  }

  /** The stream is over, by whatever way. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.queue.length = 0;
    this.tellSent();
    this.host.ended(this);
    if (!this.answerEnded) this.onAborted?.();
  }

  private tellSent(): void {
    for (const told of this.waiting.splice(0)) told();
  }

  private endRequest(): void {
    this.requestEnded = true;
    this.onEnd?.();
  }

  private frame(type: number, flags: number, payload: Uint8Array): void {
    this.host.send(encodeFrame(type, flags, this.id, payload));
  }
}
