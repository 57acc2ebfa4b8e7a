import { listed, type Attribute, type Attributes } from "./schema";
import { canonicalSet, isObject, type Value, type ValueList, type ValueObject } from "./values";
import { withoutWriteOnly } from "./write-only";

/**
 * Prepares a handler's result for the state: exactly the declared attributes, write-only ones null, and the spelling that
 * Terraform already knows where both mean the same.
 */
export function settle(attributes: Attributes, returned: ValueObject, known: ValueObject | null): ValueObject {
  const result: Record<string, Value> = {};
  for (const { name, attribute } of listed(attributes)) {
    const value = returned[name] ?? null;
    const before = known?.[name] ?? null;
    result[name] = spelledAs(attribute, value, before);
  }
  return withoutWriteOnly(attributes, result);
}

/** The known spelling of a value and of its parts. The elements of a set have no names by which theirs could be found. */
function spelledAs(attribute: Attribute, value: Value, before: Value): Value {
  if (value === null || before === null) return value;
  if (attribute.equal?.(before, value) === true) return before;
  const { nested } = attribute;
  if (nested === undefined || nested.nesting === "set") return value;
  const one = (element: Value, known: Value | undefined): Value =>
    isObject(element) && isObject(known) ? settle(nested.attributes, element, known) : element;
  if (nested.nesting === "single") return one(value, before);
  if (Array.isArray(value)) {
    const known = Array.isArray(before) ? (before as ValueList) : [];
    return (value as ValueList).map((element, index) => one(element, known[index]));
  }
  if (!isObject(value)) return value;
  const known = isObject(before) ? before : {};
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, one(element, known[key])]));
}

/** Fills in the defaults of an imported object for attributes that only the configuration knows. */
export function withDefaults(attributes: Attributes, state: ValueObject): ValueObject {
  const filled: Record<string, Value> = {};
  for (const { name, attribute } of listed(attributes)) {
    const value = state[name] ?? null;
    if (value === null) filled[name] = (attribute.default as Value | undefined) ?? null;
    else filled[name] = attribute.nested === undefined ? value : elementsWithDefaults(attribute.nested, value);
  }
  return filled;
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
