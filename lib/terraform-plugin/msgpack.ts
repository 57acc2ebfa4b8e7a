import { asBuffer } from "./byte-writer";
import { NO_CONTAINER, Reader } from "./msgpack-reader";
import { Writer } from "./msgpack-writer";
import { typeFromJson } from "./type-json";
import { listOf, mapOf, setOf, tupleOf } from "./msgpack-collections";
import { objectOf } from "./msgpack-object";
import { kindOf, writeNothing, type StreamCodec } from "./msgpack-stream";
import { Decimal, Dynamic, type Type, type Value } from "./values";
import { Mismatch, surfaced } from "./wire-errors";

/**
 * Converts between msgpack and the values of one Terraform type. Both directions throw a `ProblemError` that names the path.
 */
export interface Codec {
  decode(bytes: Uint8Array): Value;
  encode(value: Value): Uint8Array;
}

const writer = new Writer();

/**
 * The msgpack codec of a type. Everything that depends on the type alone (closures, encoded keys) is prepared once and kept,
 * so that a call costs only its bytes.
 */
export function codecFor(type: Type): Codec {
  const codec = streamCodecFor(type);
  return {
    decode(bytes) {
      try {
        const reader = new Reader(asBuffer(bytes));
        const value = codec.decode(reader);
        reader.end();
        return value;
      } catch (error) {
        throw surfaced("decode", error);
      }
    },
    encode(value) {
      try {
        writer.reset();
        codec.encode(writer, value);
        return writer.finish();
      } catch (error) {
        throw surfaced("encode", error);
      }
    },
  };
}

const codecs = new WeakMap<object, StreamCodec>();

function streamCodecFor(type: Type): StreamCodec {
  if (typeof type === "string") return PRIMITIVES[type];
  let codec = codecs.get(type);
  if (codec === undefined) codecs.set(type, (codec = compile(type)));
  return codec;
}

function compile(type: Exclude<Type, string>): StreamCodec {
  switch (type[0]) {
    case "list":
      return listOf(streamCodecFor(type[1]));
    case "set":
      return setOf(streamCodecFor(type[1]));
    case "map":
      return mapOf(streamCodecFor(type[1]));
    case "tuple":
      return tupleOf(type[1].map(streamCodecFor));
    case "object":
      return objectOf(type[1], streamCodecFor);
  }
}

const PRIMITIVES: Record<Extract<Type, string>, StreamCodec> = {
  string: {
    decode: (reader) => reader.string(),
    encode(to, value) {
      if (typeof value === "string") to.string(value);
      else if (!writeNothing(to, value)) throw new Mismatch("string", kindOf(value));
    },
  },
  number: {
    decode: (reader) => reader.number(),
    encode(to, value) {
      if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) to.number(value);
      else if (!writeNothing(to, value)) throw new Mismatch("number", kindOf(value));
    },
  },
  bool: {
    decode: (reader) => reader.bool(),
    encode(to, value) {
      if (typeof value === "boolean") to.bool(value);
      else if (!writeNothing(to, value)) throw new Mismatch("bool", kindOf(value));
    },
  },
  dynamic: { decode: decodeDynamic, encode: encodeDynamic },
};

/** The codecs of types in dynamic values. Users write few different ones, but a long debug session may meet many. */
const dynamicTypes = new Map<string, readonly [Type, StreamCodec]>();
const MOST_DYNAMIC_TYPES = 500;

function decodeDynamic(reader: Reader): Value {
  const count = reader.open(0x90, "a dynamic value");
  if (count === NO_CONTAINER) return reader.instead;
  if (count !== 2) throw new Mismatch("a pair of type and value", `${count} elements`);
  const json = reader.bin().toString("utf8");
  let known = dynamicTypes.get(json);
  if (known === undefined) {
    const type = typeFromJson(parseTypeJson(json));
    if (dynamicTypes.size >= MOST_DYNAMIC_TYPES) dynamicTypes.clear();
    dynamicTypes.set(json, (known = [type, streamCodecFor(type)]));
  }
  return new Dynamic(known[0], known[1].decode(reader));
}

function parseTypeJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Mismatch("a Terraform type", JSON.stringify(json.slice(0, 60)));
  }
}

function encodeDynamic(to: Writer, value: Value): void {
  if (value instanceof Dynamic) {
    to.array(2);
    to.bin(Buffer.from(JSON.stringify(value.type)));
    streamCodecFor(value.type).encode(to, value.value);
  } else if (!writeNothing(to, value)) throw new Mismatch("a dynamic value with its type", kindOf(value));
}
