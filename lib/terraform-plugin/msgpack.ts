import { asBuffer } from "./byte-writer";
import { NO_CONTAINER, Reader } from "./msgpack-reader";
import { Writer } from "./msgpack-writer";
import { typeFromJson, typeName } from "./type-json";
import {
  Decimal,
  Dynamic,
  Unknown,
  canonicalSet,
  isObject,
  type Type,
  type Value,
  type ValueList,
  type ValueObject,
} from "./values";
import { Mismatch, surfaced, under } from "./wire-errors";

/**
 * Converts between msgpack and the values of one Terraform type. Both directions throw a `ProblemError` that names the path.
 */
export interface Codec {
  decode(bytes: Uint8Array): Value;
  encode(value: Value): Uint8Array;
}

type Decode = (reader: Reader) => Value;
type Encode = (writer: Writer, value: Value) => void;

interface Half {
  readonly decode: Decode;
  readonly encode: Encode;
}

const writer = new Writer();

/**
 * The msgpack codec of a type. Everything that depends on the type alone (closures, encoded keys) is prepared once and kept,
 * so that a call costs only its bytes.
 */
export function codecFor(type: Type): Codec {
  const half = halfFor(type);
  return {
    decode(bytes) {
      try {
        const reader = new Reader(asBuffer(bytes));
        const value = half.decode(reader);
        reader.end();
        return value;
      } catch (error) {
        throw surfaced("decode", error);
      }
    },
    encode(value) {
      try {
        writer.reset();
        half.encode(writer, value);
        return writer.finish();
      } catch (error) {
        throw surfaced("encode", error);
      }
    },
  };
}

const halves = new WeakMap<object, Half>();

function halfFor(type: Type): Half {
  if (typeof type === "string") return PRIMITIVES[type];
  let half = halves.get(type);
  if (half === undefined) halves.set(type, (half = compile(type)));
  return half;
}

function compile(type: Exclude<Type, string>): Half {
  switch (type[0]) {
    case "list":
      return listOf(halfFor(type[1]));
    case "set":
      return setOf(halfFor(type[1]));
    case "map":
      return mapOf(halfFor(type[1]));
    case "tuple":
      return tupleOf(type[1].map(halfFor));
    case "object":
      return objectOf(type[1]);
  }
}

/** Writes null and unknown, which any type allows. False when the value is neither. */
function nothing(to: Writer, value: Value | undefined): boolean {
  if (value === null || value === undefined) to.nil();
  else if (value instanceof Unknown) to.unknown();
  else return false;
  return true;
}

const PRIMITIVES: Record<Extract<Type, string>, Half> = {
  string: {
    decode: (reader) => reader.string(),
    encode(to, value) {
      if (typeof value === "string") to.string(value);
      else if (!nothing(to, value)) throw new Mismatch("string", kindOf(value));
    },
  },
  number: {
    decode: (reader) => reader.number(),
    encode(to, value) {
      if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) to.number(value);
      else if (!nothing(to, value)) throw new Mismatch("number", kindOf(value));
    },
  },
  bool: {
    decode: (reader) => reader.bool(),
    encode(to, value) {
      if (typeof value === "boolean") to.bool(value);
      else if (!nothing(to, value)) throw new Mismatch("bool", kindOf(value));
    },
  },
  dynamic: { decode: decodeDynamic, encode: encodeDynamic },
};

function listOf({ decode, encode }: Half): Half {
  return {
    decode(reader) {
      const count = reader.open(0x90, "list");
      return count === NO_CONTAINER ? reader.instead : decodeElements(reader, count, decode);
    },
    encode(to, value) {
      if (Array.isArray(value)) encodeElements(to, value as ValueList, encode);
      else if (!nothing(to, value)) throw new Mismatch("list", kindOf(value));
    },
  };
}

function setOf({ decode, encode }: Half): Half {
  return {
    decode(reader) {
      const count = reader.open(0x90, "set");
      if (count === NO_CONTAINER) return reader.instead;
      const elements = decodeElements(reader, count, decode);
      return count < 2 ? elements : canonicalSet(elements);
    },
    encode(to, value) {
      if (Array.isArray(value)) {
        const elements = value as ValueList;
        encodeElements(to, elements.length < 2 ? elements : canonicalSet(elements), encode);
      } else if (!nothing(to, value)) throw new Mismatch("set", kindOf(value));
    },
  };
}

function decodeElements(reader: Reader, count: number, decode: Decode): Value[] {
  const elements: Value[] = [];
  let index = 0;
  try {
    for (; index < count; index++) elements.push(decode(reader));
  } catch (error) {
    throw under(index, error);
  }
  return elements;
}

function encodeElements(to: Writer, elements: ValueList, encode: Encode): void {
  to.array(elements.length);
  let index = 0;
  try {
    for (; index < elements.length; index++) encode(to, elements[index] as Value);
  } catch (error) {
    throw under(index, error);
  }
}

function tupleOf(halves: readonly Half[]): Half {
  const expected = `a tuple of ${halves.length}`;
  return {
    decode(reader) {
      const count = reader.open(0x90, expected);
      if (count === NO_CONTAINER) return reader.instead;
      if (count !== halves.length) throw new Mismatch(expected, `${count} elements`);
      return halves.map((half, index) => within(index, () => half.decode(reader)));
    },
    encode(to, value) {
      if (!Array.isArray(value)) {
        if (!nothing(to, value)) throw new Mismatch(expected, kindOf(value));
        return;
      }
      if (value.length !== halves.length) throw new Mismatch(expected, `${value.length} elements`);
      to.array(halves.length);
      halves.forEach((half, index) => within(index, () => half.encode(to, (value as ValueList)[index] as Value)));
    },
  };
}

function within<T>(step: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw under(step, error);
  }
}

function mapOf({ decode, encode }: Half): Half {
  return {
    decode(reader) {
      const count = reader.open(0x80, "map");
      if (count === NO_CONTAINER) return reader.instead;
      const map: Record<string, Value> = {};
      for (let left = count; left > 0; left--) {
        const key = reader.key();
        try {
          put(map, key, decode(reader));
        } catch (error) {
          throw under(key, error);
        }
      }
      return map;
    },
    encode(to, value) {
      if (!isObject(value)) {
        if (!nothing(to, value)) throw new Mismatch("map", kindOf(value));
        return;
      }
      const keys = Object.keys(value).sort();
      to.map(keys.length);
      for (const key of keys) {
        to.string(key);
        try {
          encode(to, value[key] as Value);
        } catch (error) {
          throw under(key, error);
        }
      }
    },
  };
}

/** Sets a key. Users choose keys, and `__proto__` must be one like any other. */
function put(object: Record<string, Value>, key: string, value: Value): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

function objectOf(attributes: { readonly [name: string]: Type }): Half {
  // Terraform writes attributes in this order, so comparing a key is enough.
  const names = Object.keys(attributes).sort();
  const size = names.length;
  const keys = names.map(encodedKey);
  const parts = names.map((name) => halfFor(attributes[name] as Type));
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const expected = `an object with ${size} attributes`;

  return {
    decode(reader) {
      const count = reader.open(0x80, "object");
      if (count === NO_CONTAINER) return reader.instead;
      if (count !== size) throw new Mismatch(expected, `one with ${count}`);
      const object: Record<string, Value> = {};
      let index = 0;
      try {
        for (; index < size && reader.take(keys[index] as Buffer); index++) {
          put(object, names[index] as string, (parts[index] as Half).decode(reader));
        }
      } catch (error) {
        throw under(names[index] as string, error);
      }
      if (index < size) decodeUnordered(reader, object, index);
      return object;
    },
    encode(to, value) {
      if (!isObject(value)) {
        if (!nothing(to, value)) throw new Mismatch("object", kindOf(value));
        return;
      }
      to.map(size);
      let index = 0;
      let found = 0;
      try {
        for (; index < size; index++) {
          to.append(keys[index] as Buffer);
          const attribute = value[names[index] as string];
          if (attribute === undefined) to.nil();
          else {
            found++;
            (parts[index] as Half).encode(to, attribute);
          }
        }
      } catch (error) {
        throw under(names[index] as string, error);
      }
      const given = Object.keys(value);
      if (given.length !== found) refuseStrangers(value, given);
    },
  };

  /** Decodes the rest of an object whose keys come in another order. */
  function decodeUnordered(reader: Reader, object: Record<string, Value>, done: number): void {
    for (let left = size - done; left > 0; left--) {
      const name = reader.key();
      const index = indexOf.get(name);
      if (index === undefined) throw new Mismatch(expected, `the attribute ${JSON.stringify(name)}`);
      if (Object.hasOwn(object, name)) throw new Mismatch("each attribute once", `${JSON.stringify(name)} twice`);
      try {
        put(object, name, (parts[index] as Half).decode(reader));
      } catch (error) {
        throw under(name, error);
      }
    }
  }

  function refuseStrangers(value: ValueObject, given: readonly string[]): void {
    const stranger = given.find((name) => value[name] !== undefined && !indexOf.has(name));
    if (stranger !== undefined) throw new Mismatch(expected, `the attribute ${JSON.stringify(stranger)}`);
  }
}

function encodedKey(name: string): Buffer {
  const own = new Writer();
  own.string(name);
  return own.finish();
}

/** The codecs of types in dynamic values. Users write few different ones, but a long debug session may meet many. */
const dynamicTypes = new Map<string, readonly [Type, Half]>();
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
    dynamicTypes.set(json, (known = [type, halfFor(type)]));
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
    halfFor(value.type).encode(to, value.value);
  } else if (!nothing(to, value)) throw new Mismatch("a dynamic value with its type", kindOf(value));
}

/** The kind of a value, in Terraform's words. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Unknown) return "an unknown value";
  if (value instanceof Dynamic) return `a dynamic ${typeName(value.type)}`;
  if (value instanceof Decimal || typeof value === "bigint") return "number";
  if (Array.isArray(value)) return "list";
  return typeof value === "boolean" ? "bool" : typeof value;
}
