import type { Redactor } from "../core/redaction";
import { isObject } from "./masking";

/**
 * Every text in it without secrets, keys included. For what is only shown or hashed: what is compared with anything else has
 * to be as it came, since two different texts may look alike afterwards.
 */
export function redactedTexts<T>(value: T, redactor: Redactor): T {
  if (typeof value === "string") return redactor.redact(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redactedTexts(one, redactor)) as T;
  if (!isObject(value)) return value;
  // The type is kept: only texts change, and they stay texts.
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [redactor.redact(key), redactedTexts(one, redactor)]),
  ) as T;
}
