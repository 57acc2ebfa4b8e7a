import { UNKNOWN, Unknown, type Refinement } from "./values";
import { fromDouble, fromInteger, parseNumber, type AnyNumber } from "./numbers";
import { Mismatch, truncated } from "./wire-errors";

/**
 * Reads the msgpack that Terraform writes, straight into JavaScript values: no intermediate tree.
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 */

/** The result of {@link Reader.open} when there is no container: see {@link Reader.instead}. */
export const NO_CONTAINER = -1;

const NIL = 0xc0;
const REFINEMENTS = 0x0c;
const FIXEXT = 0xd4;

export class Reader {
  pos = 0;
  /** Set by {@link open}: null or an unknown in place of a container. */
  instead: null | Unknown = null;

  constructor(readonly buf: Buffer) {}

  /** The next byte, not yet consumed. */
  peek(): number {
    const byte = this.buf[this.pos];
    if (byte === undefined) throw truncated();
    return byte;
  }

  /** Reads nil or an extension; undefined when something else comes. */
  nothing(byte: number): null | Unknown | undefined {
    if (byte === NIL) {
      this.pos++;
      return null;
    }
    if ((byte >= FIXEXT && byte <= 0xd8) || (byte >= 0xc7 && byte <= 0xc9)) return this.unknown(byte);
    return undefined;
  }

  /** Opens the array (0x90, 0xdc, 0xdd) or map (0x80, 0xde, 0xdf) that begins here and returns the number of its entries. */
  open(fix: 0x80 | 0x90, expected: string): number {
    const byte = this.peek();
    let count: number;
    if ((byte & 0xf0) === fix) {
      this.pos++;
      count = byte & 0x0f;
    } else if (byte === (fix === 0x80 ? 0xde : 0xdc)) {
      count = this.buf.readUInt16BE(this.pos + 1);
      this.pos += 3;
    } else if (byte === (fix === 0x80 ? 0xdf : 0xdd)) {
      count = this.buf.readUInt32BE(this.pos + 1);
      this.pos += 5;
    } else {
      const instead = this.nothing(byte);
      if (instead === undefined) throw new Mismatch(expected, this.describe());
      this.instead = instead;
      return NO_CONTAINER;
    }
    // Each entry takes at least one byte: a false count must not make us allocate.
    if (count > this.buf.length - this.pos) throw truncated();
    return count;
  }

  /** Consumes these bytes if they come next; returns whether they did. */
  take(bytes: Uint8Array): boolean {
    const { buf, pos } = this;
    const length = bytes.length;
    for (let i = 0; i < length; i++) if (buf[pos + i] !== bytes[i]) return false;
    this.pos = pos + length;
    return true;
  }

  string(): string | null | Unknown {
    const byte = this.peek();
    if (byte >= 0xa0 && byte <= 0xbf) {
      this.pos++;
      return this.text(byte & 0x1f);
    }
    const instead = this.nothing(byte);
    if (instead !== undefined) return instead;
    const length = this.longString(byte);
    if (length < 0) throw new Mismatch("string", this.describe());
    return this.text(length);
  }

  /** Reads the key of a map: never null or unknown. */
  key(): string {
    const key = this.string();
    if (typeof key !== "string") throw new Mismatch("a string key", key === null ? "null" : "an unknown value");
    return key;
  }

  bool(): boolean | null | Unknown {
    const byte = this.peek();
    if (byte === 0xc2 || byte === 0xc3) {
      this.pos++;
      return byte === 0xc3;
    }
    const instead = this.nothing(byte);
    if (instead === undefined) throw new Mismatch("bool", this.describe());
    return instead;
  }

  number(): AnyNumber | null | Unknown {
    const byte = this.peek();
    if (byte < 0x80 || byte >= 0xe0) {
      this.pos++;
      return byte < 0x80 ? byte : byte - 0x100;
    }
    const at = this.pos + 1;
    switch (byte) {
      case 0xcc:
        return this.advance(2, this.buf.readUInt8(at));
      case 0xcd:
        return this.advance(3, this.buf.readUInt16BE(at));
      case 0xce:
        return this.advance(5, this.buf.readUInt32BE(at));
      case 0xcf:
        return this.advance(9, fromInteger(this.buf.readBigUInt64BE(at)));
      case 0xd0:
        return this.advance(2, this.buf.readInt8(at));
      case 0xd1:
        return this.advance(3, this.buf.readInt16BE(at));
      case 0xd2:
        return this.advance(5, this.buf.readInt32BE(at));
      case 0xd3:
        return this.advance(9, fromInteger(this.buf.readBigInt64BE(at)));
      case 0xca:
        return this.advance(5, fromDouble(this.buf.readFloatBE(at)));
      case 0xcb:
        return this.advance(9, fromDouble(this.buf.readDoubleBE(at)));
    }
    if ((byte >= 0xa0 && byte <= 0xbf) || (byte >= 0xd9 && byte <= 0xdb)) {
      const text = this.string() as string;
      const number = parseNumber(text);
      if (number === undefined) throw new Mismatch("number", JSON.stringify(text.slice(0, 40)));
      return number;
    }
    const instead = this.nothing(byte);
    if (instead === undefined) throw new Mismatch("number", this.describe());
    return instead;
  }

  /** Reads the bytes of `bin` (or, from lenient writers, `str`). */
  bin(): Buffer {
    const byte = this.peek();
    let length: number;
    if (byte >= 0xa0 && byte <= 0xbf) {
      this.pos++;
      length = byte & 0x1f;
    } else if (byte >= 0xc4 && byte <= 0xc6) {
      length = this.length(byte - 0xc4);
    } else {
      length = this.longString(byte);
      if (length < 0) throw new Mismatch("bytes", this.describe());
    }
    return this.slice(length);
  }

  /** Skips any value. */
  skip(depth = 0): void {
    if (depth > 100) throw new Mismatch("a value of at most 100 levels", "a deeper one");
    const byte = this.peek();
    if (byte < 0x80 || byte >= 0xe0 || byte === 0xc2 || byte === 0xc3) this.pos++;
    else if (byte <= 0x8f || byte === 0xde || byte === 0xdf) {
      for (let left = this.open(0x80, "map") * 2; left > 0; left--) this.skip(depth + 1);
    } else if (byte <= 0x9f || byte === 0xdc || byte === 0xdd) {
      for (let left = this.open(0x90, "list"); left > 0; left--) this.skip(depth + 1);
    } else if ((byte >= 0xca && byte <= 0xcb) || (byte >= 0xcc && byte <= 0xd3)) {
      const size = byte === 0xca ? 4 : byte === 0xcb ? 8 : 1 << ((byte - 0xcc) & 3);
      this.pos++;
      this.slice(size);
    } else if (this.nothing(byte) === undefined) this.bin();
  }

  /** Checks that nothing follows the value; call it last. Further bytes mean that the value was misread. */
  end(): void {
    if (this.pos !== this.buf.length) throw new Mismatch("one value", `${this.buf.length - this.pos} more bytes`);
  }

  /** Describes what comes next, in words for users. */
  describe(): string {
    const byte = this.peek();
    if (byte === NIL) return "null";
    if (byte === 0xc2 || byte === 0xc3) return "bool";
    if (byte < 0x80 || byte >= 0xe0 || (byte >= 0xca && byte <= 0xd3)) return "number";
    if (byte <= 0x8f || byte === 0xde || byte === 0xdf) return "map";
    if (byte <= 0x9f || byte === 0xdc || byte === 0xdd) return "list";
    if (byte <= 0xbf || (byte >= 0xd9 && byte <= 0xdb)) return "string";
    return byte >= 0xc4 && byte <= 0xc6 ? "bytes" : "an unknown value";
  }

  private advance<T>(bytes: number, value: T): T {
    this.pos += bytes;
    return value;
  }

  /** The length of str8, str16 or str32; -1 for any other type. */
  private longString(byte: number): number {
    return byte >= 0xd9 && byte <= 0xdb ? this.length(byte - 0xd9) : -1;
  }

  /** Reads the 1, 2 or 4 bytes of length behind the head byte (`size` 0, 1, 2). */
  private length(size: number): number {
    const at = this.pos + 1;
    this.pos = at + (1 << size);
    return size === 0 ? this.buf.readUInt8(at) : size === 1 ? this.buf.readUInt16BE(at) : this.buf.readUInt32BE(at);
  }

  private slice(length: number): Buffer {
    const start = this.pos;
    if (length > this.buf.length - start) throw truncated();
    this.pos = start + length;
    return this.buf.subarray(start, this.pos);
  }

  private text(length: number): string {
    const start = this.pos;
    const end = start + length;
    if (end > this.buf.length) throw truncated();
    this.pos = end;
    const text = this.buf.toString("utf8", start, end);
    // Almost all texts are ASCII, for which alone the two lengths agree.
    return text.length === length ? text : text.normalize("NFC");
  }

  /** Reads an extension as an unknown value; refinements are optional, and errors in them are ignored. */
  private unknown(byte: number): Unknown {
    const size = byte >= FIXEXT ? 1 << (byte - FIXEXT) : undefined;
    const length = size ?? this.length(byte - 0xc7);
    if (size !== undefined) this.pos++;
    const type = this.peek();
    this.pos++;
    const body = this.slice(length);
    if (type !== REFINEMENTS || length <= 1) return UNKNOWN;
    try {
      return refined(new Reader(body));
    } catch {
      return UNKNOWN;
    }
  }
}

function refined(reader: Reader): Unknown {
  const refinement: { -readonly [K in keyof Refinement]: Refinement[K] } = {};
  for (let left = reader.open(0x80, "map"); left > 0; left--) {
    switch (reader.number()) {
      case 1:
        // "Null for certain" is never sent: such a value would be known.
        if (reader.bool() === false) refinement.notNull = true;
        break;
      case 2:
        refinement.prefix = reader.key();
        break;
      case 5:
        refinement.minLength = Number(reader.number());
        break;
      case 6:
        refinement.maxLength = Number(reader.number());
        break;
      default:
        reader.skip();
    }
  }
  return Object.keys(refinement).length === 0 ? UNKNOWN : new Unknown(refinement);
}
