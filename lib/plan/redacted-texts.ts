import type { Redactor } from "../core/redaction";
import { isObject } from "./masking";

/**
 * Redacts every text in a value, keys included. For what is only shown or hashed: values that are compared have to stay
 * as they are, since two different texts may become equal.
 */
export function redactedTexts<T>(value: T, redactor: Redactor): T {
  if (typeof value === "string") return redactor.redact(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redactedTexts(one, redactor)) as T;
  if (!isObject(value)) return value;
  // Redaction changes texts only, so the type stays the same.
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [redactor.redact(key), redactedTexts(one, redactor)]),
  ) as T;
}
