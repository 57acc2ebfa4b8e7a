import { createHash } from "node:crypto";
import { identityOf, type Schema } from "../schema";
import { isUnknown, type Value, type ValueObject } from "../values";
import type { IdentityKey } from "./record";

/** The identity of an object with these values; undefined for types without one. */
export function identityKey(
  schema: Pick<Schema, "attributes" | "identity">,
  values: ValueObject,
): IdentityKey | undefined {
  const identity = identityOf(schema);
  if (identity === undefined) return undefined;
  const shared = (identity.sharedWith?.having ?? []).map((value) => digest(canonical(value)));
  const own = identity.attributes.map((name) => {
    const value = values[name] ?? null;
    if (isUnknown(value)) return null;
    // An attribute with its own equality (a GUID) has more than one notation.
    const loose = schema.attributes[name]?.equal !== undefined;
    return digest(loose ? canonical(value).toLowerCase() : canonical(value));
  });
  return [...shared, ...own];
}

/** Whether both may turn out to be the same: an unknown part may become anything. */
export function mayBeSame(a: IdentityKey, b: IdentityKey): boolean {
  return a.length === b.length && a.every((part, index) => part === null || b[index] === null || part === b[index]);
}

/** Twelve digits distinguish the objects of a configuration and do not reveal their values. */
function digest(text: string): string {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const made = createHash("sha256").update(text).digest("hex").slice(0, 12);
  if (digests.size >= MOST_DIGESTS) digests.clear();
  digests.set(text, made);
  return made;
}

/**
 * Caches digests: a plan asks for the identity of an object several times, and all objects of one service share parts of
 * theirs.
 */
const digests = new Map<string, string>();
const MOST_DIGESTS = 10_000;

function canonical(value: Value): string {
  return typeof value === "bigint" ? value.toString() : (JSON.stringify(value) ?? "null");
}
