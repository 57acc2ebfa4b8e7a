import type { Reader } from "./msgpack-reader";
import type { Writer } from "./msgpack-writer";
import { typeName } from "./type-json";
import { Decimal, Dynamic, Unknown, type Value } from "./values";

export type Decode = (reader: Reader) => Value;
export type Encode = (writer: Writer, value: Value) => void;

/** Converts the values of one type within a stream of msgpack. */
export interface StreamCodec {
  readonly decode: Decode;
  readonly encode: Encode;
}

/** Writes null and unknown, which any type allows. False when the value is neither. */
export function writeNothing(to: Writer, value: Value | undefined): boolean {
  if (value === null || value === undefined) to.nil();
  else if (value instanceof Unknown) to.unknown();
  else return false;
  return true;
}

/** The kind of a value, in Terraform's words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Unknown) return "an unknown value";
  if (value instanceof Dynamic) return `a dynamic ${typeName(value.type)}`;
  if (value instanceof Decimal || typeof value === "bigint") return "number";
  if (Array.isArray(value)) return "list";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** Sets a key. Users choose keys, and `__proto__` must be one like any other. */
export function put(object: Record<string, Value>, key: string, value: Value): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}
