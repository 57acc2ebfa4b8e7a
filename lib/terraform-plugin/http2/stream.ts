import { encodeFrame, ErrorCode, Flag, FrameType, LARGEST_WINDOW, uint32 } from "./frames";

/** The part of a connection that a stream uses. */
export interface StreamHost {
  send(frame: Buffer): void;
  /** The bytes that the peer accepts on all streams together. */
  sendWindow: number;
  largestPayload: number;
  /** Called when neither side will send more. */
  ended(stream: Stream): void;
}

/** The bytes that a client may send before the window is extended: enough for large states. */
export const RECEIVE_WINDOW = 16 << 20;

/** One request and its answer. */
export class Stream {
  onData: ((chunk: Buffer) => void) | undefined;
  /** Called when the request is complete. */
  onEnd: (() => void) | undefined;
  /** Called when the client or its connection is gone before the answer is complete. */
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

  /** Whether something waits for the client to accept more. */
  get isBlocked(): boolean {
    return this.queue.length > 0;
  }

  /** Sends the headers of the answer. */
  respond(headers: Buffer): void {
    if (!this.waits) return;
    this.responded = true;
    this.frame(FrameType.headers, Flag.endHeaders, headers);
  }

  /** Queues a part of the answer; it is sent as fast as the client accepts it. */
  write(data: Buffer): void {
    if (this.closed || this.answerEnded) return;
    this.queue.push(data);
    this.pump();
  }

  /** Resolves once all queued data is sent, or nobody waits for it any more. Undefined when that is so already. */
  sent(): Promise<void> | undefined {
    if (this.queue.length === 0) return undefined;
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Ends the answer after all queued data. Without an answer before it, the trailers are the whole answer. */
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
    this.notifySent();
    if (this.trailers === undefined || this.answerEnded || this.closed) return;
    this.answerEnded = true;
    this.frame(FrameType.headers, Flag.endHeaders | Flag.endStream, this.trailers);
    if (this.requestEnded) return this.close();
    // Further data of the client is not needed.
    this.reset(ErrorCode.none);
  }

  /** Widens the window of the stream. False when it would exceed the maximum. */
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

  /** Marks the stream as closed, whatever ended it. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.queue.length = 0;
    this.notifySent();
    this.host.ended(this);
    if (!this.answerEnded) this.onAborted?.();
  }

  private notifySent(): void {
    if (this.waiting.length === 0) return;
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
