import { NO_CONTAINER, type Reader } from "./msgpack-reader";
import { kindOf, put, writeNothing, type StreamCodec } from "./msgpack-stream";
import { Writer } from "./msgpack-writer";
import { isObject, type Type, type Value, type ValueObject } from "./values";
import { Mismatch, under } from "./wire-errors";

/** The codec of an object; `streamCodecFor` finds those of its attributes. */
export function objectOf(
  attributes: { readonly [name: string]: Type },
  streamCodecFor: (type: Type) => StreamCodec,
): StreamCodec {
  // Terraform writes attributes in this order, so comparing a key is enough.
  const names = Object.keys(attributes).sort();
  const size = names.length;
  const keys = names.map(encodedKey);
  const parts = names.map((name) => streamCodecFor(attributes[name] as Type));
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
          put(object, names[index] as string, (parts[index] as StreamCodec).decode(reader));
        }
      } catch (error) {
        throw under(names[index] as string, error);
      }
      if (index < size) decodeUnordered(reader, object, index);
      return object;
    },
    encode(to, value) {
      if (!isObject(value)) {
        if (!writeNothing(to, value)) throw new Mismatch("object", kindOf(value));
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
            (parts[index] as StreamCodec).encode(to, attribute);
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
        put(object, name, (parts[index] as StreamCodec).decode(reader));
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
