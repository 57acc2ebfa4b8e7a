import { createHash } from "node:crypto";
import { compare } from "../core/finding";
import { isObject } from "./masking";

/** `sha256:…` over bytes, or over a value as JSON with sorted keys: the order of declarations does not matter. */
export function digestOf(value: unknown): string {
  const bytes = value instanceof Uint8Array ? value : canonical(value);
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, one: unknown) =>
      isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => compare(a, b))) : one,
    ) ?? "null"
  );
}
