import { ByteWriter } from "./byte-writer";
import { decimalText, isExact } from "./numbers";
import { Decimal } from "./values";
import { Mismatch } from "./wire-errors";

const SHORT = 32;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * Writes msgpack in the smallest form of each value, as Terraform does.
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 */
export class Writer extends ByteWriter {
  nil(): void {
    this.ensure(1);
    this.buf[this.pos++] = 0xc0;
  }

  /** Writes an unknown without refinements: Terraform would hold the provider to them at apply. */
  unknown(): void {
    this.ensure(3);
    this.buf[this.pos++] = 0xd4;
    this.buf[this.pos++] = 0;
    this.buf[this.pos++] = 0;
  }

  bool(value: boolean): void {
    this.ensure(1);
    this.buf[this.pos++] = value ? 0xc3 : 0xc2;
  }

  array(count: number): void {
    this.head(count, 0x90, 0xdc);
  }

  map(count: number): void {
    this.head(count, 0x80, 0xde);
  }

  /** Writes a text. Lone surrogates, which UTF-8 cannot represent, become U+FFFD. */
  string(value: string): void {
    const length = value.length;
    if (length < SHORT) {
      this.ensure(length + 1);
      const { buf, pos } = this;
      buf[pos] = 0xa0 | length;
      let i = 0;
      for (; i < length; i++) {
        const code = value.charCodeAt(i);
        if (code > 0x7f) break;
        buf[pos + 1 + i] = code;
      }
      if (i === length) {
        this.pos = pos + 1 + length;
        return;
      }
    }
    const text = value.normalize("NFC");
    const bytes = Buffer.byteLength(text);
    this.ensure(bytes + 5);
    if (bytes < SHORT) this.buf[this.pos++] = 0xa0 | bytes;
    else if (bytes <= 0xff) {
      this.buf[this.pos++] = 0xd9;
      this.buf[this.pos++] = bytes;
    } else this.sized(bytes, 0xda);
    this.buf.write(text, this.pos);
    this.pos += bytes;
  }

  number(value: number | bigint | Decimal): void {
    if (typeof value === "number" && Number.isSafeInteger(value)) return this.integer(value);
    if (value instanceof Decimal) return this.string(decimalText(value));
    if (typeof value === "number" && !Number.isInteger(value)) {
      if (!Number.isFinite(value)) throw new Mismatch("a finite number", String(value));
      return isExact(value) ? this.double(value) : this.string(decimalText(value));
    }
    const integer = BigInt(value);
    if (integer < MIN_INT64 || integer > MAX_INT64) return this.string(integer.toString());
    if (integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER) return this.integer(Number(integer));
    this.ensure(9);
    this.buf[this.pos] = 0xd3;
    this.buf.writeBigInt64BE(integer, this.pos + 1);
    this.pos += 9;
  }

  bin(bytes: Uint8Array): void {
    this.ensure(5);
    if (bytes.length <= 0xff) {
      this.buf[this.pos++] = 0xc4;
      this.buf[this.pos++] = bytes.length;
    } else this.sized(bytes.length, 0xc5);
    this.append(bytes);
  }

  private integer(value: number): void {
    this.ensure(9);
    const { buf } = this;
    if (value >= -0x20 && value <= 0x7f) buf[this.pos++] = value & 0xff;
    else if (value >= 0) {
      if (value <= 0xff) {
        buf[this.pos] = 0xcc;
        this.pos = buf.writeUInt8(value, this.pos + 1);
      } else if (value <= 0xffff) {
        buf[this.pos] = 0xcd;
        this.pos = buf.writeUInt16BE(value, this.pos + 1);
      } else if (value <= 0xffffffff) {
        buf[this.pos] = 0xce;
        this.pos = buf.writeUInt32BE(value, this.pos + 1);
      } else {
        buf[this.pos] = 0xcf;
        this.pos = buf.writeBigUInt64BE(BigInt(value), this.pos + 1);
      }
    } else if (value >= -0x80) {
      buf[this.pos] = 0xd0;
      this.pos = buf.writeInt8(value, this.pos + 1);
    } else if (value >= -0x8000) {
      buf[this.pos] = 0xd1;
      this.pos = buf.writeInt16BE(value, this.pos + 1);
    } else if (value >= -0x80000000) {
      buf[this.pos] = 0xd2;
      this.pos = buf.writeInt32BE(value, this.pos + 1);
    } else {
      buf[this.pos] = 0xd3;
      this.pos = buf.writeBigInt64BE(BigInt(value), this.pos + 1);
    }
  }

  private double(value: number): void {
    this.ensure(9);
    this.buf[this.pos] = 0xcb;
    this.pos = this.buf.writeDoubleBE(value, this.pos + 1);
  }

  private head(count: number, fix: number, wide: number): void {
    this.ensure(5);
    if (count < 16) this.buf[this.pos++] = fix | count;
    else this.sized(count, wide);
  }

  /** Writes a 16-bit length behind `code`, or a 32-bit one behind the code that follows it. */
  private sized(length: number, code: number): void {
    this.ensure(5);
    if (length <= 0xffff) {
      this.buf[this.pos] = code;
      this.pos = this.buf.writeUInt16BE(length, this.pos + 1);
    } else {
      this.buf[this.pos] = code + 1;
      this.pos = this.buf.writeUInt32BE(length, this.pos + 1);
    }
  }
}
