import type { Attributes } from "./schema";
import type { Value, ValueObject } from "./values";

/**
 * What a handler returned, made fit for the state: exactly the declared attributes, write-only ones
 * null, and the spelling that Terraform already knows where both mean the same.
 */
export function settle(attributes: Attributes, returned: ValueObject, known: ValueObject | null): ValueObject {
  const result: Record<string, Value> = {};
  for (const name of Object.keys(attributes)) {
    const attribute = attributes[name]!;
    const value = returned[name] ?? null;
    const before = known?.[name] ?? null;
    const sameMeaning = value !== null && before !== null && attribute.equal?.(before, value) === true;
    result[name] = attribute.writeOnly === true ? null : sameMeaning ? before : value;
  }
  return result;
}

/** An imported object has said nothing yet about attributes that only the configuration knows: their defaults hold. */
export function withDefaults(attributes: Attributes, state: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      state[name] ?? (attribute.default as Value | undefined) ?? null,
    ]),
  );
}

export function emptyState(attributes: Attributes): ValueObject {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
