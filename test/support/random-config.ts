import type { Attribute, Attributes } from "../../lib/terraform-plugin/schema";
import { canonicalSet, UNKNOWN, type Type, type Value, type ValueObject } from "../../lib/terraform-plugin/values";

/** A configuration as core could send it: required attributes given, others sometimes, some values unknown. */
export function randomConfig(attributes: Attributes, random: () => number, unknowns = 0.1): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, randomValue(attribute, random, unknowns)]),
  );
}

function randomValue(attribute: Attribute, random: () => number, unknowns: number): Value {
  if (attribute.presence === "computed") return null;
  if (attribute.presence !== "required" && random() < 0.5) return null;
  if (random() < unknowns) return UNKNOWN;
  const { nested } = attribute;
  if (nested === undefined) return randomOf(attribute.type!, random);
  const element = () => randomConfig(nested.attributes, random, unknowns);
  const count = Math.floor(random() * 3);
  switch (nested.nesting) {
    case "single":
      return element();
    case "map":
      return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, element()]));
    case "list":
      return Array.from({ length: count }, element);
    case "set":
      return canonicalSet(Array.from({ length: count }, element));
  }
}

function randomOf(type: Type, random: () => number): Value {
  const few = Math.floor(random() * 3);
  if (type === "bool") return random() < 0.5;
  if (type === "number") return few;
  if (typeof type === "string") return ["", "a", "B"][few]!;
  const elements = () => Array.from({ length: few }, () => randomOf(type[1] as Type, random));
  if (type[0] === "list") return elements();
  if (type[0] === "set") return canonicalSet(elements());
  return Object.fromEntries(elements().map((value, index) => [`k${index}`, value]));
}
