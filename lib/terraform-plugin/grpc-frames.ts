/** The size of the head of a gRPC message inside an HTTP/2 stream: a flag and a length. */

const HEAD = 5;

/** Terraform sets no limit itself; this is that of the Go SDK. */
const LARGEST_MESSAGE = 256 << 20;

/** @see https://grpc.io/docs/guides/status-codes/ */
export const Status = {
  ok: 0,
  invalidArgument: 3,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(HEAD + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, HEAD);
  return framed;
}

/** The trailers of an answer. The message is percent-encoded, except for printable ASCII. */
export function trailers(status: Status, message = ""): Record<string, string> {
  if (message === "") return { "grpc-status": String(status) };
  return { "grpc-status": String(status), "grpc-message": percentEncoded(message) };
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

/** Reassembles the chunks of one request. */
export class MessageReader {
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private expected: number | undefined;

  /** Takes a chunk; returns why the request cannot be accepted, or undefined. */
  push(chunk: Buffer): { readonly status: Status; readonly message: string } | undefined {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.expected !== undefined || this.received < HEAD) return undefined;
    const head = this.joined();
    if (head[0] !== 0) return { status: Status.unimplemented, message: "compressed messages are not understood" };
    this.expected = head.readUInt32BE(1);
    if (this.expected <= LARGEST_MESSAGE) return undefined;
    return {
      status: Status.resourceExhausted,
      message: `the message has ${this.expected} bytes; at most ${LARGEST_MESSAGE} are taken`,
    };
  }

  /** The message once it is complete; undefined before. */
  message(): Buffer | undefined {
    if (this.expected === undefined || this.received !== HEAD + this.expected) return undefined;
    return this.joined().subarray(HEAD);
  }

  private joined(): Buffer {
    if (this.chunks.length > 1) this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks));
    return this.chunks[0]!;
  }
}
