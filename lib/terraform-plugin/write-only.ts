import type { Path } from "../core/problem";
import { nestedElements } from "./nested-elements";
import type { Attribute, Attributes } from "./schema";
import { isObject, type Value, type ValueList, type ValueObject } from "./values";

/** Write-only attributes reach the provider with the configuration and must come back null, however deep they stand. */

/** The object without its write-only values, as it may be planned or stored. */
export function withoutWriteOnly(attributes: Attributes, object: ValueObject): ValueObject {
  if (!holdsWriteOnly(attributes)) return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const attribute = attributes[name];
      if (attribute?.writeOnly === true) return [name, null];
      return [name, attribute?.nested === undefined ? value : elementsWithout(attribute.nested, value)];
    }),
  );
}

function elementsWithout({ nesting, attributes }: NonNullable<Attribute["nested"]>, value: Value): Value {
  const one = (element: Value): Value => (isObject(element) ? withoutWriteOnly(attributes, element) : element);
  if (nesting === "single" || value === null) return one(value);
  if (Array.isArray(value)) return (value as ValueList).map(one);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, one(element)]));
}

/** The paths at which the configuration sets a write-only value. */
export function writeOnlyPaths(attributes: Attributes, object: ValueObject, at: Path = []): Path[] {
  if (!holdsWriteOnly(attributes)) return [];
  return Object.entries(attributes).flatMap(([name, { writeOnly, nested }]): Path[] => {
    const value = object[name] ?? null;
    if (value === null) return [];
    if (writeOnly === true) return [[...at, name]];
    if (nested === undefined) return [];
    return nestedElements(nested.nesting, value).flatMap(([step, element]) =>
      writeOnlyPaths(nested.attributes, element, [...at, name, ...step]),
    );
  });
}

const known = new WeakMap<Attributes, boolean>();

/** Whether any attribute is write-only. Most schemas have none, and should not pay for a walk through every value. */
function holdsWriteOnly(attributes: Attributes): boolean {
  const before = known.get(attributes);
  if (before !== undefined) return before;
  const holds = Object.values(attributes).some(
    ({ writeOnly, nested }) => writeOnly === true || (nested !== undefined && holdsWriteOnly(nested.attributes)),
  );
  known.set(attributes, holds);
  return holds;
}
