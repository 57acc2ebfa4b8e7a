import type { Attributes } from "./schema";
import { withDefaults } from "./settle";
import { isObject, type Value, type ValueList, type ValueObject } from "./values";

/**
 * Fills in every attribute that is not computed: its value, else its default, else null; nested objects too, secrets
 * left out.
 */
export function completeConfig(attributes: Attributes, values: ValueObject): ValueObject {
  const asked = Object.fromEntries(
    Object.entries(attributes).filter(([, { presence, writeOnly }]) => presence !== "computed" && writeOnly !== true),
  );
  return Object.fromEntries(
    Object.entries(withDefaults(asked, values)).map(([name, value]) => {
      const nested = asked[name]?.nested;
      const one = (element: Value) =>
        nested && isObject(element) ? completeConfig(nested.attributes, element) : element;
      if (nested?.nesting === "list" && Array.isArray(value)) return [name, (value as ValueList).map(one)];
      return [name, nested?.nesting === "single" ? one(value) : value];
    }),
  );
}
