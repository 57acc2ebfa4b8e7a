/** Reads the elements of Protocol buffers. Throws plain errors; the message that reads them adds its name. */
export class ProtoReader {
  pos = 0;

  constructor(readonly buf: Buffer) {}

  /** Reads an unsigned number; beyond 2^53 its low digits are lost. */
  varint(): number {
    const byte = this.buf[this.pos];
    if (byte !== undefined && byte < 0x80) {
      this.pos++;
      return byte;
    }
    return Number(this.wide());
  }

  /** Reads a signed number of up to 64 bits; beyond 2^53 its low digits are lost. */
  int64(): number {
    const byte = this.buf[this.pos];
    if (byte !== undefined && byte < 0x80) {
      this.pos++;
      return byte;
    }
    return Number(BigInt.asIntN(64, this.wide()));
  }

  /** Reads a length and returns the end of the length-delimited field that begins here. */
  end(): number {
    const length = this.varint();
    const end = this.pos + length;
    if (end > this.buf.length) throw new Error("it ends too early");
    return end;
  }

  text(): string {
    const end = this.end();
    const text = this.buf.toString("utf8", this.pos, end);
    this.pos = end;
    return text;
  }

  /** A view, not a copy. */
  blob(): Buffer {
    const end = this.end();
    const bytes = this.buf.subarray(this.pos, end);
    this.pos = end;
    return bytes;
  }

  /** Skips a field that a newer Terraform knows and we do not. */
  skip(wire: number): void {
    if (wire === 0) this.varint();
    else if (wire === 1) this.pos += 8;
    else if (wire === 2) this.pos = this.end();
    else if (wire === 5) this.pos += 4;
    else throw new Error(`wire type ${wire} does not exist in proto3`);
    if (this.pos > this.buf.length) throw new Error("it ends too early");
  }

  private wide(): bigint {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.next();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.next();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Error("a number has more than 64 bits");
  }

  private next(): number {
    const byte = this.buf[this.pos];
    if (byte === undefined) throw new Error("it ends too early");
    this.pos++;
    return byte;
  }
}
