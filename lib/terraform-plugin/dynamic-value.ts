import { decodeJson, parseJson } from "./json";
import { codecFor } from "./msgpack";
import type { DynamicValue, DynamicValueInput } from "./protocol";
import type { Type, Value } from "./values";

/** Reads the value of a message: msgpack if present, else JSON, else null. */
export function readDynamicValue(type: Type, value: DynamicValue | null | undefined): Value {
  if (value?.msgpack.length) return codecFor(type).decode(value.msgpack);
  if (value?.json.length) return decodeJson(type, parseJson(value.json));
  return null;
}

export function writeDynamicValue(type: Type, value: Value): DynamicValueInput {
  return { msgpack: codecFor(type).encode(value) };
}
