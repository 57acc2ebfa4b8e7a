import type { Attribute, Attributes } from "./schema";
import { canonicalSet, isObject, type Value, type ValueList, type ValueObject } from "./values";
import { withoutWriteOnly } from "./write-only";

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
    result[name] = sameMeaning ? before : value;
  }
  return withoutWriteOnly(attributes, result);
}

/** An imported object has said nothing yet about attributes that only the configuration knows: their defaults hold. */
export function withDefaults(attributes: Attributes, state: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = state[name] ?? null;
      if (value === null) return [name, (attribute.default as Value | undefined) ?? null];
      return [name, attribute.nested === undefined ? value : elementsWithDefaults(attribute.nested, value)];
    }),
  );
}

function elementsWithDefaults({ nesting, attributes }: NonNullable<Attribute["nested"]>, value: Value): Value {
  const one = (element: Value): Value => (isObject(element) ? withDefaults(attributes, element) : element);
  if (nesting === "single") return one(value);
  if (Array.isArray(value)) {
    const filled = (value as ValueList).map(one);
    return nesting === "set" ? canonicalSet(filled) : filled;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, one(element)]));
}

export function emptyState(attributes: Attributes): ValueObject {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
