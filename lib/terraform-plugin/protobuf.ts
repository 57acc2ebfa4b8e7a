import { messageOf } from "../core/thrown";
import { ByteWriter, asBuffer } from "./byte-writer";
import { ProtoReader } from "./protobuf-reader";
import { unreadableMessage } from "./wire-errors";

/**
 * Protocol buffers (proto3) driven by a table: each message is declared once, and its TypeScript types and its two
 * directions come from that. Only what Terraform's protocol uses: strings, bytes, booleans, int32/int64, enumerations,
 * messages, repeated messages, maps with string keys, and fields with presence.
 * @see https://protobuf.dev/programming-guides/encoding/
 */

/**
 * Defines how one kind of field is read, written and typed. `Get` is the result of decoding, `Set` the input of encoding.
 */
export interface Field<Get = unknown, Set = unknown> {
  readonly id: number;
  /** The name of the type in a .proto file. */
  readonly type: string;
  readonly rule: "single" | "repeated" | "map" | "optional";
  /** The wire type: 0 varint, 2 length-delimited. */
  readonly wire: 0 | 2;
  /** The value of an absent field; a new one for each message. */
  initial(): Get;
  read(reader: ProtoReader, before: Get): Get;
  write(writer: ProtoWriter, value: Set): void;
}

export type Fields = { readonly [name: string]: Field<any, any> };
export type Decoded<F> = { readonly [K in keyof F]: F[K] extends Field<infer Get, any> ? Get : never };
export type Encodable<F> = { readonly [K in keyof F]?: F[K] extends Field<any, infer Set> ? Set | null : never };

export interface Message<Get = unknown, Set = unknown> {
  readonly name: string;
  readonly fields: Fields;
  /** Decodes a message. Unknown fields are skipped; garbage throws `ProblemError`. Bytes are views, not copies. */
  decode(bytes: Uint8Array): Get;
  /** Encodes a message. Absent and null fields are left out. */
  encode(value: Set): Buffer;
  readBody(reader: ProtoReader, end: number): Get;
  writeBody(writer: ProtoWriter, value: Set): void;
}

export type DecodedOf<M> = M extends Message<infer Get, any> ? Get : never;
export type EncodableOf<M> = M extends Message<any, infer Set> ? Set : never;

/** A growing buffer that can write the elements of Protocol buffers. */
export class ProtoWriter extends ByteWriter {
  varint(value: number): void {
    this.ensure(10);
    const { buf } = this;
    if (value < 0 || value > 0x7fffffff) return this.wide(value);
    while (value > 0x7f) {
      buf[this.pos++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    buf[this.pos++] = value;
  }

  /** Begins an element whose length stands before it and is known only afterwards; it nearly always fits one byte. */
  open(): number {
    this.ensure(1);
    return ++this.pos;
  }

  /** Ends what {@link open} began. */
  close(start: number): void {
    const length = this.pos - start;
    if (length < 0x80) {
      this.buf[start - 1] = length;
      return;
    }
    const extra = length < 0x4000 ? 1 : length < 0x200000 ? 2 : length < 0x10000000 ? 3 : 4;
    this.ensure(extra);
    this.buf.copyWithin(start + extra, start, this.pos);
    this.pos = start - 1;
    this.varint(length);
    this.pos += length;
  }

  text(value: string): void {
    const start = this.open();
    const bytes = Buffer.byteLength(value);
    this.ensure(bytes);
    this.buf.write(value, this.pos);
    this.pos += bytes;
    this.close(start);
  }

  blob(value: Uint8Array): void {
    this.varint(value.length);
    this.append(value);
  }

  /** Writes an int64 beyond 31 bits, negative ones in two's complement. */
  private wide(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.buf[this.pos++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.buf[this.pos++] = Number(rest);
  }
}

const writer = new ProtoWriter();

/** Declares a message. */
export function message<F extends Fields>(name: string, fields: F): Message<Decoded<F>, Encodable<F>> {
  const names = Object.keys(fields);
  const list = names.map((field) => fields[field] as Field).sort((a, b) => a.id - b.id);
  const nameOf = new Map(names.map((field) => [(fields[field] as Field).id, field]));
  const ordered = list.map((field) => ({
    field,
    name: nameOf.get(field.id) as string,
    tag: (field.id << 3) | field.wire,
  }));
  const byId: ((typeof ordered)[number] | undefined)[] = [];
  for (const entry of ordered) byId[entry.field.id] = entry;

  const self: Message<Record<string, unknown>, Record<string, unknown>> = {
    name,
    fields,
    decode(bytes) {
      try {
        const buffer = asBuffer(bytes);
        return self.readBody(new ProtoReader(buffer), buffer.length);
      } catch (error) {
        throw unreadableMessage(name, messageOf(error));
      }
    },
    encode(value) {
      writer.reset();
      self.writeBody(writer, value);
      return writer.finish();
    },
    readBody(reader, end) {
      const result: Record<string, unknown> = {};
      for (const entry of ordered) result[entry.name] = entry.field.initial();
      while (reader.pos < end) {
        const tag = reader.varint();
        const entry = byId[tag >>> 3];
        if (entry !== undefined && (tag & 7) === entry.field.wire) {
          result[entry.name] = entry.field.read(reader, result[entry.name]);
        } else reader.skip(tag & 7);
      }
      if (reader.pos !== end) throw new Error("a field is longer than its message");
      return result;
    },
    writeBody(to, value) {
      for (const { name, field, tag } of ordered) {
        const given = value[name];
        if (given === undefined || given === null) continue;
        if (field.rule === "repeated") {
          for (const element of given as readonly unknown[]) {
            to.varint(tag);
            field.write(to, element);
          }
        } else if (field.rule === "map") {
          for (const key of Object.keys(given)) {
            to.varint(tag);
            const start = to.open();
            to.varint(0x0a);
            to.text(key);
            to.varint(0x12);
            field.write(to, (given as Record<string, unknown>)[key]);
            to.close(start);
          }
        } else if (field.rule === "optional" || !isDefault(given)) {
          to.varint(tag);
          field.write(to, given);
        }
      }
    },
  };
  // The types follow from `fields`, which a loop processes one by one; no type can express that.
  return self as unknown as Message<Decoded<F>, Encodable<F>>;
}

/** Whether a value equals the default of its type, which proto3 leaves out. */
function isDefault(value: unknown): boolean {
  return value === "" || value === 0 || value === false || (value instanceof Uint8Array && value.length === 0);
}
