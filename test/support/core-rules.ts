import type { Attribute, Attributes } from "../../lib/terraform-plugin/schema";
import {
  isObject,
  isUnknown,
  sameValue,
  type Value,
  type ValueList,
  type ValueObject,
} from "../../lib/terraform-plugin/values";

/**
 * Terraform core's own rules for plans, as an oracle: what it proposes to a provider, and what it
 * refuses to take back ("Provider produced invalid plan").
 *
 * @see https://github.com/hashicorp/terraform/blob/main/docs/resource-instance-change-lifecycle.md
 */
export function proposedNew(attributes: Attributes, prior: ValueObject | null, config: ValueObject): ValueObject {
  return mapValues(attributes, (attribute, name) =>
    proposedValue(attribute, prior?.[name] ?? null, config[name] ?? null),
  );
}

const isComputed = (attribute: Attribute): boolean =>
  ["computed", "defaulted", "optional-computed"].includes(attribute.presence);

function proposedValue(attribute: Attribute, prior: Value, config: Value): Value {
  if (config === null) return isComputed(attribute) ? prior : null;
  const { nested } = attribute;
  if (nested === undefined || isUnknown(config)) return config;
  const element = (configured: Value, before: Value): Value =>
    isObject(configured) ? proposedNew(nested.attributes, isObject(before) ? before : null, configured) : configured;
  if (nested.nesting === "single") return element(config, prior);
  if (nested.nesting === "map") {
    return Object.fromEntries(
      Object.entries(config as ValueObject).map(([key, one]) => [
        key,
        element(one, isObject(prior) ? (prior[key] ?? null) : null),
      ]),
    );
  }
  const before = nested.nesting === "list" && Array.isArray(prior) ? (prior as ValueList) : [];
  return (config as ValueList).map((one, index) => element(one, before[index] ?? null));
}

/** Why core would refuse the plan; empty when it would not. */
export function planProblems(
  attributes: Attributes,
  prior: ValueObject | null,
  config: ValueObject,
  planned: ValueObject,
  path = "",
): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const where = `${path}.${name}`;
    const [before, declared, after] = [prior?.[name] ?? null, config[name] ?? null, planned[name] ?? null];
    if (attribute.writeOnly === true) return after === null ? [] : [`${where}: write-only value in the plan`];
    if (sameValue(after, declared)) return [];
    if (before !== null && declared !== null && sameValue(after, before)) return [];
    if (declared === null)
      return isComputed(attribute) ? [] : [`${where}: planned although neither configured nor computed`];
    if (attribute.nested !== undefined) return nestedProblems(attribute.nested, before, declared, after, where);
    return [`${where}: planned ${JSON.stringify(after)} for a configured ${JSON.stringify(declared)}`];
  });
}

function nestedProblems(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  before: Value,
  declared: Value,
  after: Value,
  where: string,
): string[] {
  const pair = (
    prior: Value | undefined,
    config: Value | undefined,
    planned: Value | undefined,
    at: string,
  ): string[] =>
    isObject(config) && isObject(planned)
      ? planProblems(attributes, isObject(prior) ? prior : null, config, planned, at)
      : [`${at}: element count or kind differs`];
  if (nesting === "single") return pair(before, declared, after, where);
  if (nesting === "set") {
    // Elements have no names: each configured one must be found again, whatever its place.
    const left = [...(after as ValueList)];
    return (declared as ValueList).flatMap((config) => {
      const index = left.findIndex((planned) => pair(null, config, planned, where).length === 0);
      if (index === -1) return [`${where}: no planned element for ${JSON.stringify(config)}`];
      left.splice(index, 1);
      return [];
    });
  }
  if (nesting === "map") {
    return Object.entries(declared as ValueObject).flatMap(([key, config]) =>
      pair(isObject(before) ? before[key] : null, config, isObject(after) ? after[key] : null, `${where}[${key}]`),
    );
  }
  const [befores, afters] = [before as ValueList | null, after as ValueList];
  if (afters.length !== (declared as ValueList).length) return [`${where}: element count differs`];
  return (declared as ValueList).flatMap((config, index) =>
    pair(befores?.[index] ?? null, config, afters[index], `${where}[${index}]`),
  );
}

function mapValues(attributes: Attributes, make: (attribute: Attribute, name: string) => Value): ValueObject {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, make(attribute, name)]));
}
