import { ConnectionError, ErrorCode } from "./frames";
import { decodeHuffman } from "./huffman";
import { STATIC_HEADERS } from "./static-headers";

/** A name in lower case and its value. */
export type Header = readonly [name: string, value: string];

/** The size that a header adds to the table besides its text. */
const OVERHEAD = 32;
/** The size of the table until the client hears of another limit; this server sets none. */
const TABLE_SIZE = 4_096;
/** Headers of gRPC, and the numbers in them, are far smaller. */
const LARGEST_NUMBER = 1 << 24;

/**
 * Decodes the header blocks of one connection. Every block must pass through it, in order: later ones refer to earlier ones.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7541
 */
export class HeaderDecoder {
  /** The dynamic table, oldest first. */
  private readonly table: Header[] = [];
  private size = 0;
  private limit = TABLE_SIZE;
  private block: Buffer = Buffer.alloc(0);
  private at = 0;

  /** @throws ConnectionError when the block is malformed */
  decode(block: Buffer): Header[] {
    this.block = block;
    this.at = 0;
    const headers: Header[] = [];
    while (this.at < block.length) {
      const first = block[this.at]!;
      if ((first & 0x80) !== 0) headers.push(this.known(this.number(7)));
      else if ((first & 0xc0) === 0x40) headers.push(this.remembered(this.literal(6)));
      else if ((first & 0xe0) === 0x20) this.resize(this.number(5), headers.length === 0);
      // Without indexing, or never indexed: the difference concerns intermediaries only.
      else headers.push(this.literal(4));
    }
    return headers;
  }

  private literal(prefix: number): Header {
    const index = this.number(prefix);
    const name = index === 0 ? this.text() : this.known(index)[0];
    return [name, this.text()];
  }

  private known(index: number): Header {
    const header =
      index <= STATIC_HEADERS.length
        ? STATIC_HEADERS[index - 1]
        : this.table[this.table.length - (index - STATIC_HEADERS.length)];
    if (header === undefined) throw broken(`there is no header ${index}`);
    return header;
  }

  private remembered(header: Header): Header {
    this.table.push(header);
    this.size += costOf(header);
    this.evict();
    return header;
  }

  private resize(limit: number, first: boolean): void {
    if (limit > TABLE_SIZE || !first) throw broken(`a table of ${limit} bytes`);
    this.limit = limit;
    this.evict();
  }

  private evict(): void {
    while (this.size > this.limit) this.size -= costOf(this.table.shift()!);
  }

  private text(): string {
    const packed = ((this.block[this.at] ?? 0) & 0x80) !== 0;
    const length = this.number(7);
    const end = this.at + length;
    if (end > this.block.length) throw broken("a text goes beyond the end");
    const bytes = this.block.subarray(this.at, end);
    this.at = end;
    return packed ? decodeHuffman(bytes) : bytes.toString("latin1");
  }

  /** Reads a number that begins in the last `prefix` bits of the present byte. */
  private number(prefix: number): number {
    const mask = (1 << prefix) - 1;
    let value = this.byte() & mask;
    if (value < mask) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (value > LARGEST_NUMBER || shift > 28) throw broken("a number is too large");
      if ((byte & 0x80) === 0) return value;
    }
  }

  private byte(): number {
    const byte = this.block[this.at++];
    if (byte === undefined) throw broken("it ends too soon");
    return byte;
  }
}

const costOf = ([name, value]: Header): number => name.length + value.length + OVERHEAD;

const broken = (why: string) => new ConnectionError(ErrorCode.compression, `a header block cannot be read: ${why}`);
