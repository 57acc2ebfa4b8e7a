/**
 * The frames of HTTP/2: a head of nine bytes and a payload.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113#section-4
 */

export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const Flag = { endStream: 0x1, acknowledge: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** @see https://www.rfc-editor.org/rfc/rfc9113#section-7 */
export const ErrorCode = {
  none: 0,
  protocol: 1,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  refusedStream: 7,
  cancel: 8,
  compression: 9,
  enhanceYourCalm: 11,
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** An error of the peer that concerns, and ends, the whole connection. */
export class ConnectionError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** The number of the stream; 0 is the connection itself. */
  readonly stream: number;
  readonly payload: Buffer;
}

const HEAD = 9;

/** The limit for both sides until the peer sets another one; this server sets none. */
export const LARGEST_PAYLOAD = 16_384;

/** @see https://www.rfc-editor.org/rfc/rfc9113#section-6.9.1 */
export const LARGEST_WINDOW = 0x7fff_ffff;

/** The preface of a client. */
export const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export function encodeFrame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(stream, 5);
  bytes.set(payload, HEAD);
  return bytes;
}

/** A payload that is one 32-bit number. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Splits the incoming bytes into frames. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);
  private greeted = false;

  /**
   * Calls back for each frame that `chunk` completes.
   *
   * @throws ConnectionError when the peer does not speak HTTP/2, or sends a frame that is too large
   */
  push(chunk: Buffer, onFrame: (frame: Frame) => void): void {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (!this.greeted) {
      const greeting = bytes.subarray(0, PREFACE.length);
      if (!greeting.equals(PREFACE.subarray(0, greeting.length))) {
        throw new ConnectionError(ErrorCode.protocol, "the client does not speak HTTP/2");
      }
      this.greeted = greeting.length === PREFACE.length;
      if (this.greeted) bytes = bytes.subarray(PREFACE.length);
    }
    if (this.greeted) bytes = this.cut(bytes, onFrame);
    this.rest = bytes;
  }

  private cut(bytes: Buffer, onFrame: (frame: Frame) => void): Buffer {
    let at = 0;
    while (bytes.length - at >= HEAD) {
      const length = bytes.readUIntBE(at, 3);
      if (length > LARGEST_PAYLOAD) {
        throw new ConnectionError(
          ErrorCode.frameSize,
          `a frame of ${length} bytes, at most ${LARGEST_PAYLOAD} are taken`,
        );
      }
      const end = at + HEAD + length;
      if (bytes.length < end) break;
      onFrame({
        type: bytes[at + 3]!,
        flags: bytes[at + 4]!,
        stream: bytes.readUInt32BE(at + 5) & 0x7fff_ffff,
        payload: bytes.subarray(at + HEAD, end),
      });
      at = end;
    }
    return bytes.subarray(at);
  }
}

/**
 * Removes the padding of a payload.
 *
 * @throws ConnectionError when the padding is longer than the payload
 */
export function unpadded({ flags, payload }: Frame): Buffer {
  if ((flags & Flag.padded) === 0) return payload;
  const end = payload.length - (payload[0] ?? Infinity);
  if (!(end >= 1)) throw new ConnectionError(ErrorCode.protocol, "a frame is padded beyond its end");
  return payload.subarray(1, end);
}
