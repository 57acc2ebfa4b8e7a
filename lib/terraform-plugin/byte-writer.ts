const INITIAL = 16 * 1024;
/** A larger buffer is released, so that one huge message does not hold memory for the rest of the run. */
const KEEP = 4 * 1024 * 1024;

/** A growing buffer, reused for all messages, because a plan makes thousands of them. */
export class ByteWriter {
  buf = Buffer.allocUnsafeSlow(INITIAL);
  pos = 0;

  /** Starts a new message. */
  reset(): void {
    this.pos = 0;
    if (this.buf.length > KEEP) this.buf = Buffer.allocUnsafeSlow(INITIAL);
  }

  /** Makes space for `bytes` more. */
  ensure(bytes: number): void {
    const needed = this.pos + bytes;
    if (needed <= this.buf.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buf.length * 2));
    this.buf.copy(grown, 0, 0, this.pos);
    this.buf = grown;
  }

  append(bytes: Uint8Array): void {
    this.ensure(bytes.length);
    this.buf.set(bytes, this.pos);
    this.pos += bytes.length;
  }

  /** A copy of everything written since {@link reset}. */
  finish(): Buffer {
    const bytes = Buffer.allocUnsafe(this.pos);
    this.buf.copy(bytes, 0, 0, this.pos);
    return bytes;
  }
}

/** The same memory seen as a `Buffer`. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
