import type { Attributes } from "../../terraform-plugin/schema";
import { withDefaults } from "../../terraform-plugin/settle";
import { isObject, type Value, type ValueList, type ValueObject } from "../../terraform-plugin/values";

/**
 * Fills in every attribute that is not computed: its value, else its default, else null; nested objects too, secrets
 * left out.
 */
export function complete(attributes: Attributes, values: ValueObject): ValueObject {
  const asked = Object.fromEntries(
    Object.entries(attributes).filter(([, { presence, writeOnly }]) => presence !== "computed" && writeOnly !== true),
  );
  return Object.fromEntries(
    Object.entries(withDefaults(asked, values)).map(([name, value]) => {
      const nested = asked[name]?.nested;
      const one = (element: Value) => (nested && isObject(element) ? complete(nested.attributes, element) : element);
      if (nested?.nesting === "list" && Array.isArray(value)) return [name, (value as ValueList).map(one)];
      return [name, nested?.nesting === "single" ? one(value) : value];
    }),
  );
}
