import type { Attribute, Attributes } from "./schema";
import { canonicalSet, isObject, sameValue, type Value, type ValueList, type ValueObject } from "./values";

/** The part of a state that a person would declare for an empty plan. */

/**
 * Whether a configuration should contain this value: neither one that only the provider computes, nor a default, nor a
 * deprecated one.
 */
export function isDeclared(attribute: Attribute, value: Value): boolean {
  if (value === null || attribute.presence === "computed" || attribute.writeOnly === true) return false;
  if (attribute.deprecated !== undefined) return false;
  return attribute.default === undefined || !sameValue(value, attribute.default as Value);
}

/** The configuration that describes a state, nested attributes included; null where it needs none. */
export function declaredValues(attributes: Attributes, state: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]): [string, Value] => {
      const value = state[name] ?? null;
      if (!isDeclared(attribute, value)) return [name, null];
      return [name, attribute.nested === undefined ? value : nestedValues(attribute.nested, value)];
    }),
  );
}

function nestedValues({ nesting, attributes }: NonNullable<Attribute["nested"]>, value: Value): Value {
  const one = (element: Value): Value => (isObject(element) ? declaredValues(attributes, element) : element);
  if (nesting === "single") return one(value);
  if (Array.isArray(value)) {
    const declared = (value as ValueList).map(one);
    return nesting === "set" ? canonicalSet(declared) : declared;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, one(element)]));
}

/** Attributes that control how the provider treats an object: the user decides about them, so they are no facts about it. */
export const NOT_FACTS: ReadonlySet<string> = new Set(["adopt_existing", "timeouts"]);
