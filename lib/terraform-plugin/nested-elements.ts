import type { Path } from "../core/problem";
import type { Nesting } from "./schema";
import { isObject, type Value, type ValueList, type ValueObject } from "./values";

/** The objects of a nested attribute, each with its step in the path; null and unknown have none. */
export function nestedElements(nesting: Nesting, value: Value): (readonly [Path, ValueObject])[] {
  const elements: readonly (readonly [Path, Value])[] =
    nesting === "single"
      ? [[[], value]]
      : Array.isArray(value)
        ? (value as ValueList).map((element, index) => [[index], element])
        : isObject(value)
          ? Object.entries(value).map(([key, element]) => [[key], element])
          : [];
  return elements.filter((element): element is readonly [Path, ValueObject] => isObject(element[1]));
}
