import { messageOf } from "../core/thrown";
import { asBuffer } from "./byte-writer";
import { decimalText, parseNumber, type AnyNumber } from "./numbers";
import { typeFromJson, typeName } from "./type-json";
import { Decimal, Dynamic, canonicalSet, isObject, isUnknown, type Type, type Value, type ValueList } from "./values";
import { Mismatch, surfaced, under } from "./wire-errors";

/** Terraform's JSON form of values: what state files hold and `UpgradeResourceState` sends. */

/**
 * Matches, where a number may stand, one that a double may not hold exactly: fifteen characters or more, or an exponent. Digits
 * within texts, such as those of hashes, do not count.
 */
const SUSPECT = /(?:^|[[,:])[ \t\r\n]*-?\d(?:[\d.eE+-]{14}|[\d.]{0,13}[eE])/;
// Linear: a string can be read in one way only, and an unterminated one is read to the end at once.
const STRING_OR_SUSPECT_NUMBER =
  /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|-?\d(?:[\d.eE+-]{14,}|[\d.]{0,13}[eE][\d.eE+-]*)/g;

/**
 * Parses JSON without losing digits: numbers that `JSON.parse` would round become strings, which the typed decoder accepts
 * where a number is due.
 */
export function parseJson(bytes: Uint8Array): unknown {
  return parseJsonText(asBuffer(bytes).toString("utf8"));
}

/** Parses a text, such as a plan that terraform printed. */
export function parseJsonText(text: string): unknown {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_SUSPECT_NUMBER, (token) =>
      token[0] === '"' || String(Number(token)) === token ? token : `"${token}"`,
    ),
  );
}

/**
 * Decodes a value of a type from JSON (bytes, or the result of {@link parseJson}). Attributes that the type does not have
 * are dropped and missing ones are null, so that state of another version of the provider can be read.
 */
export function decodeJson(type: Type, json: unknown): Value {
  try {
    return decode(type, json instanceof Uint8Array ? parsed(json) : json);
  } catch (error) {
    throw surfaced("decode", error);
  }
}

function parsed(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  try {
    return parseJson(bytes);
  } catch (error) {
    throw new Mismatch("JSON", messageOf(error));
  }
}

function decode(type: Type, json: unknown): Value {
  if (json === null || json === undefined) return null;
  switch (typeof type === "string" ? type : type[0]) {
    case "string":
      if (typeof json === "string") return json.normalize("NFC");
      if (typeof json === "number" || typeof json === "boolean") return String(json);
      break;
    case "number": {
      // Most numbers take this path; zero needs no other form.
      if (typeof json === "number" && Number.isSafeInteger(json)) return json + 0;
      const number = typeof json === "number" || typeof json === "string" ? parseNumber(String(json)) : undefined;
      if (number !== undefined) return number;
      break;
    }
    case "bool":
      if (typeof json === "boolean") return json;
      if (json === "true" || json === "false") return json === "true";
      break;
    case "dynamic":
      if (isRecord(json) && "type" in json && "value" in json) {
        const inner = typeFromJson(json.type);
        return new Dynamic(inner, decode(inner, json.value));
      }
      break;
    default:
      return decodeContainer(type as Exclude<Type, string>, json);
  }
  throw new Mismatch(typeName(type), describe(json));
}

function decodeContainer(type: Exclude<Type, string>, json: unknown): Value {
  switch (type[0]) {
    case "list":
    case "set": {
      if (!Array.isArray(json)) break;
      const elements = json.map((element, index) => step(index, () => decode(type[1], element)));
      return type[0] === "set" ? canonicalSet(elements) : elements;
    }
    case "tuple": {
      const elements = type[1];
      if (!Array.isArray(json) || json.length !== elements.length) break;
      return elements.map((element, index) => step(index, () => decode(element, json[index])));
    }
    case "map":
      if (!isRecord(json)) break;
      return fromEntries(Object.keys(json), (key) => decode(type[1], json[key]));
    case "object": {
      if (!isRecord(json)) break;
      const attributes = type[1];
      return fromEntries(Object.keys(attributes), (name) =>
        decode(attributes[name] as Type, Object.hasOwn(json, name) ? json[name] : null),
      );
    }
  }
  throw new Mismatch(typeName(type), describe(json));
}

/** Encodes a wholly known value as JSON. */
export function encodeJson(type: Type, value: Value): string {
  try {
    return encode(type, value);
  } catch (error) {
    throw surfaced("encode", error);
  }
}

function encode(type: Type, value: Value): string {
  if (value === null || value === undefined) return "null";
  if (isUnknown(value)) throw new Mismatch("a known value", "an unknown one");
  switch (typeof type === "string" ? type : type[0]) {
    case "string":
      if (typeof value === "string") return JSON.stringify(value.normalize("NFC"));
      break;
    case "number":
      if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) {
        return decimalText(value as AnyNumber);
      }
      break;
    case "bool":
      if (typeof value === "boolean") return String(value);
      break;
    case "dynamic":
      if (value instanceof Dynamic) {
        return `{"value":${encode(value.type, value.value)},"type":${JSON.stringify(value.type)}}`;
      }
      break;
    default:
      return encodeContainer(type as Exclude<Type, string>, value);
  }
  throw new Mismatch(typeName(type), describe(value));
}

function encodeContainer(type: Exclude<Type, string>, value: Value): string {
  switch (type[0]) {
    case "list":
    case "set": {
      if (!Array.isArray(value)) break;
      const elements = type[0] === "set" ? canonicalSet(value as ValueList) : (value as ValueList);
      return `[${elements.map((element, index) => step(index, () => encode(type[1], element))).join(",")}]`;
    }
    case "tuple": {
      const elements = type[1];
      if (!Array.isArray(value) || value.length !== elements.length) break;
      const texts = elements.map((element, index) =>
        step(index, () => encode(element, (value as ValueList)[index] as Value)),
      );
      return `[${texts.join(",")}]`;
    }
    case "map":
      if (!isObject(value)) break;
      return members(Object.keys(value).sort(), (key) => encode(type[1], value[key] as Value));
    case "object": {
      if (!isObject(value)) break;
      const attributes = type[1];
      return members(Object.keys(attributes).sort(), (name) =>
        encode(attributes[name] as Type, Object.hasOwn(value, name) ? (value[name] as Value) : null),
      );
    }
  }
  throw new Mismatch(typeName(type), describe(value));
}

function members(names: readonly string[], text: (name: string) => string): string {
  return `{${names.map((name) => `${JSON.stringify(name)}:${step(name, () => text(name))}`).join(",")}}`;
}

function fromEntries(names: readonly string[], value: (name: string) => Value): Value {
  return Object.fromEntries(names.map((name) => [name, step(name, () => value(name))]));
}

function step<T>(name: string | number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw under(name, error);
  }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function describe(json: unknown): string {
  return Array.isArray(json) ? "list" : typeof json === "boolean" ? "bool" : typeof json;
}
