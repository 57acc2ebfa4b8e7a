import type { Attribute, Attributes } from "./schema";
import { canonicalSet, isObject, sameValue, type Value, type ValueList, type ValueObject } from "./values";

/** Of what a state holds: what a person would write down, so that a plan after it is empty. */

/** Whether a configuration says this: not what only the provider fills in, nor what is so anyway, nor what it advises against. */
export function isDeclared(attribute: Attribute, value: Value): boolean {
  if (value === null || attribute.presence === "computed" || attribute.writeOnly === true) return false;
  if (attribute.deprecated !== undefined) return false;
  return attribute.default === undefined || !sameValue(value, attribute.default as Value);
}

/** The configuration of a state, nested attributes included: null where there is nothing to say. */
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

/** How the provider deals with an object is the user's business, not a fact about it. */
export const NOT_FACTS: ReadonlySet<string> = new Set(["adopt_existing", "timeouts"]);
