import { NO_CONTAINER, type Reader } from "./msgpack-reader";
import { kindOf, put, writeNothing, type Decode, type Encode, type StreamCodec } from "./msgpack-stream";
import type { Writer } from "./msgpack-writer";
import { canonicalSet, isObject, type Value, type ValueList } from "./values";
import { Mismatch, under } from "./wire-errors";

export function listOf({ decode, encode }: StreamCodec): StreamCodec {
  return {
    decode(reader) {
      const count = reader.open(0x90, "list");
      return count === NO_CONTAINER ? reader.instead : decodeElements(reader, count, decode);
    },
    encode(to, value) {
      if (Array.isArray(value)) encodeElements(to, value as ValueList, encode);
      else if (!writeNothing(to, value)) throw new Mismatch("list", kindOf(value));
    },
  };
}

export function setOf({ decode, encode }: StreamCodec): StreamCodec {
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
      } else if (!writeNothing(to, value)) throw new Mismatch("set", kindOf(value));
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

export function tupleOf(codecs: readonly StreamCodec[]): StreamCodec {
  const expected = `a tuple of ${codecs.length}`;
  return {
    decode(reader) {
      const count = reader.open(0x90, expected);
      if (count === NO_CONTAINER) return reader.instead;
      if (count !== codecs.length) throw new Mismatch(expected, `${count} elements`);
      return codecs.map((codec, index) => within(index, () => codec.decode(reader)));
    },
    encode(to, value) {
      if (!Array.isArray(value)) {
        if (!writeNothing(to, value)) throw new Mismatch(expected, kindOf(value));
        return;
      }
      if (value.length !== codecs.length) throw new Mismatch(expected, `${value.length} elements`);
      to.array(codecs.length);
      codecs.forEach((codec, index) => within(index, () => codec.encode(to, (value as ValueList)[index] as Value)));
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

export function mapOf({ decode, encode }: StreamCodec): StreamCodec {
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
        if (!writeNothing(to, value)) throw new Mismatch("map", kindOf(value));
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
