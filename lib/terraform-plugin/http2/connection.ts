import type { Socket } from "node:net";
import {
  ConnectionError,
  encodeFrame,
  ErrorCode,
  Flag,
  FrameReader,
  FrameType,
  LARGEST_PAYLOAD,
  LARGEST_WINDOW,
  uint32,
  unpadded,
  type Frame,
} from "./frames";
import { HeaderDecoder } from "./header-decoder";
import { encodeSettings, readSettings, Setting } from "./settings";
import { RECEIVE_WINDOW, Stream, type StreamHost } from "./stream";

/** The initial flow-control window of both sides. */
const INITIAL_WINDOW = 65_535;
const MOST_STREAMS = 1_000;
/** Headers of gRPC take a few hundred bytes. */
const LARGEST_HEADER_BLOCK = 65_536;

/**
 * The server's side of one HTTP/2 connection, as far as gRPC needs it: requests come in, answers go out, both within the
 * peer's flow-control windows. There is no push and no priority.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113
 */
export class ServerConnection implements StreamHost {
  sendWindow = INITIAL_WINDOW;
  largestPayload = LARGEST_PAYLOAD;

  private readonly frames = new FrameReader();
  private readonly headers = new HeaderDecoder();
  private readonly streams = new Map<number, Stream>();
  private streamWindow = INITIAL_WINDOW;
  private latest = 0;
  private received = 0;
  /** Headers whose last frame has not arrived yet. */
  private unfinished: { readonly first: Frame; readonly parts: Buffer[]; size: number } | undefined;
  private out: Buffer[] = [];
  private broken = false;

  constructor(
    private readonly socket: Socket,
    private readonly onStream: (stream: Stream) => void,
  ) {
    this.send(encodeFrame(FrameType.settings, 0, 0, encodeSettings(OUR_SETTINGS)));
    this.send(encodeFrame(FrameType.windowUpdate, 0, 0, uint32(RECEIVE_WINDOW - INITIAL_WINDOW)));
    socket.on("data", (chunk: Buffer) => this.receive(chunk));
    // The owner of the socket handles its errors; here they end the connection.
    socket.on("error", () => undefined);
    socket.once("close", () => this.end());
  }

  send(frame: Buffer): void {
    if (this.out.push(frame) === 1) queueMicrotask(() => this.flush());
  }

  ended(stream: Stream): void {
    this.streams.delete(stream.id);
  }

  /** Writes everything of one event-loop turn at once: each write is a TLS record and a system call. */
  private flush(): void {
    if (this.out.length === 0) return;
    const bytes = this.out.length === 1 ? this.out[0]! : Buffer.concat(this.out);
    this.out = [];
    if (this.socket.writable) this.socket.write(bytes);
  }

  private receive(chunk: Buffer): void {
    if (this.broken) return;
    try {
      this.frames.push(chunk, (frame) => this.handle(frame));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.fail(error);
    }
  }

  private fail({ code, message }: ConnectionError): void {
    this.broken = true;
    const reason = Buffer.concat([uint32(this.latest), uint32(code), Buffer.from(message)]);
    this.send(encodeFrame(FrameType.goAway, 0, 0, reason));
    this.flush();
    this.socket.destroySoon();
  }

  private end(): void {
    this.broken = true;
    for (const stream of [...this.streams.values()]) stream.close();
  }

  private handle(frame: Frame): void {
    if (this.unfinished !== undefined && frame.type !== FrameType.continuation) {
      throw new ConnectionError(ErrorCode.protocol, "headers are not followed by their end");
    }
    switch (frame.type) {
      case FrameType.data:
        return this.data(frame);
      case FrameType.headers:
        return this.begin(frame);
      case FrameType.continuation:
        return this.continue(frame);
      case FrameType.resetStream:
        this.demand(frame.payload.length === 4, ErrorCode.frameSize, "a reset of another size");
        this.demandBegun(frame.stream);
        return this.streams.get(frame.stream)?.close();
      case FrameType.settings:
        return this.settings(frame);
      case FrameType.ping:
        this.demand(frame.payload.length === 8, ErrorCode.frameSize, "a ping of another size");
        if ((frame.flags & Flag.acknowledge) === 0) {
          this.send(encodeFrame(FrameType.ping, Flag.acknowledge, 0, frame.payload));
        }
        return;
      case FrameType.windowUpdate:
        return this.widen(frame);
      case FrameType.pushPromise:
        throw new ConnectionError(ErrorCode.protocol, "a client pushes nothing");
      default:
      // Priorities are advice, a client that says GOAWAY closes its connection, and unknown frames must be ignored.
    }
  }

  private begin(frame: Frame): void {
    this.demand(frame.stream % 2 === 1, ErrorCode.protocol, `a client opens no stream ${frame.stream}`);
    let block = unpadded(frame);
    if ((frame.flags & Flag.priority) !== 0) block = block.subarray(5);
    if ((frame.flags & Flag.endHeaders) !== 0) this.request(frame, block);
    else this.unfinished = { first: frame, parts: [Buffer.from(block)], size: block.length };
  }

  private continue({ stream, flags, payload }: Frame): void {
    const { unfinished } = this;
    if (unfinished?.first.stream !== stream) {
      throw new ConnectionError(ErrorCode.protocol, "headers go on that have not begun");
    }
    unfinished.parts.push(Buffer.from(payload));
    // Empty parts cost memory, too.
    unfinished.size += payload.length + 1;
    this.demand(unfinished.size <= LARGEST_HEADER_BLOCK, ErrorCode.enhanceYourCalm, "the headers do not end");
    if ((flags & Flag.endHeaders) === 0) return;
    this.unfinished = undefined;
    this.request(unfinished.first, Buffer.concat(unfinished.parts));
  }

  /** Handles complete headers: a request begins, or its trailers end it. */
  private request({ stream: id, flags }: Frame, block: Buffer): void {
    // Those of a closed stream must be decoded as well: later ones may refer to them.
    const headers = this.headers.decode(block);
    const last = (flags & Flag.endStream) !== 0;
    if (id <= this.latest) return this.streams.get(id)?.receive(Buffer.alloc(0), last);
    this.latest = id;
    const path = headers.find(([name]) => name === ":path")?.[1] ?? "";
    const stream = new Stream(this, id, path, this.streamWindow);
    if (this.streams.size >= MOST_STREAMS) return stream.reset(ErrorCode.refusedStream);
    this.streams.set(id, stream);
    this.onStream(stream);
    if (last) stream.receive(Buffer.alloc(0), true);
  }

  private data(frame: Frame): void {
    this.demandBegun(frame.stream);
    // Padding counts, and so does data for a closed stream.
    this.received += frame.payload.length;
    if (this.received >= RECEIVE_WINDOW / 2) {
      this.send(encodeFrame(FrameType.windowUpdate, 0, 0, uint32(this.received)));
      this.received = 0;
    }
    this.streams.get(frame.stream)?.receive(unpadded(frame), (frame.flags & Flag.endStream) !== 0);
  }

  private settings({ flags, payload }: Frame): void {
    if ((flags & Flag.acknowledge) !== 0) return;
    const { window, largestPayload } = readSettings(payload);
    if (largestPayload !== undefined) this.largestPayload = largestPayload;
    this.send(encodeFrame(FrameType.settings, Flag.acknowledge, 0, Buffer.alloc(0)));
    if (window === undefined) return;
    const more = window - this.streamWindow;
    this.streamWindow = window;
    for (const stream of [...this.streams.values()]) this.demandWindow(stream.widen(more));
  }

  private widen({ stream: id, payload }: Frame): void {
    this.demand(payload.length === 4, ErrorCode.frameSize, "a window update of another size");
    const bytes = payload.readUInt32BE() & LARGEST_WINDOW;
    this.demand(bytes > 0, ErrorCode.protocol, "a window that is widened by nothing");
    if (id !== 0) {
      this.demandBegun(id);
      return this.demandWindow(this.streams.get(id)?.widen(bytes) ?? true);
    }
    this.sendWindow += bytes;
    this.demandWindow(this.sendWindow <= LARGEST_WINDOW);
    for (const stream of this.streams.values()) if (stream.isBlocked) stream.pump();
  }

  private demandBegun(id: number): void {
    this.demand(id !== 0 && id <= this.latest, ErrorCode.protocol, `stream ${id} has not begun`);
  }

  private demandWindow(fits: boolean): void {
    this.demand(fits, ErrorCode.flowControl, "a window is wider than there can be");
  }

  private demand(holds: boolean, code: ErrorCode, message: string): void {
    if (!holds) throw new ConnectionError(code, message);
  }
}

const OUR_SETTINGS = {
  [Setting.mostStreams]: MOST_STREAMS,
  [Setting.initialWindow]: RECEIVE_WINDOW,
  [Setting.largestHeaders]: LARGEST_HEADER_BLOCK,
};
