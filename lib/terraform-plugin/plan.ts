import type { Path } from "../core/problem";
import { listed, type Attribute, type Attributes } from "./schema";
import {
  canonicalSet,
  isObject,
  isUnknown,
  sameValue,
  UNKNOWN,
  type Value,
  type ValueList,
  type ValueObject,
} from "./values";

/**
 * The plan rules, in the order that Terraform's own framework applies them: defaults, write-only to
 * null, kept spellings, computed to unknown, keep, replace. The resource's own `plan` comes after.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/framework/resources/plan-modification
 */
export interface PlanInput {
  readonly attributes: Attributes;
  /** Null on create. */
  readonly prior: ValueObject | null;
  /** The proposal of Terraform: the configuration, completed from the prior state. */
  readonly proposed: ValueObject;
  readonly config: ValueObject;
}

export interface PlanOutput {
  readonly planned: ValueObject;
  readonly replace: readonly Path[];
}

export function planChange({ attributes, prior, proposed, config }: PlanInput): PlanOutput {
  const filled = mapAttributes(attributes, proposed, config, prior, fillConfigured);
  // Nothing declared has changed, so nothing computed will: this makes a second plan empty.
  if (prior !== null && sameValue(filled, prior)) return { planned: filled, replace: [] };
  const planned = mapAttributes(attributes, filled, config, prior, markComputed);
  return { planned, replace: prior === null ? [] : replacements(attributes, prior, planned, config) };
}

type Step = (attribute: Attribute, value: Value, config: Value, prior: Value) => Value;

/**
 * Restores the elements of a set from the configuration: they have no names, so each is planned from its own configuration
 * alone.
 */
function elementsFromConfig(attribute: Attribute, value: Value, config: Value): Value {
  return attribute.nested?.nesting === "set" && Array.isArray(config) ? config : value;
}

function fillConfigured(attribute: Attribute, proposed: Value, config: Value, prior: Value): Value {
  const value = elementsFromConfig(attribute, proposed, config);
  if (attribute.writeOnly === true) return null;
  if (config === null && attribute.default !== undefined) return attribute.default as Value;
  const comparable = prior !== null && config !== null && !isUnknown(config) && !isUnknown(prior);
  if (comparable && attribute.equal?.(prior, value) === true) return prior;
  return value;
}

function markComputed(attribute: Attribute, value: Value, config: Value, prior: Value): Value {
  const computed = attribute.presence === "computed" || attribute.presence === "optional-computed";
  if (!computed || config !== null) return value;
  return attribute.keep === true && prior !== null ? prior : UNKNOWN;
}

/** Applies a step to every attribute, from the outside in, nested elements included. */
function mapAttributes(
  attributes: Attributes,
  value: ValueObject,
  config: ValueObject | null,
  prior: ValueObject | null,
  step: Step,
): ValueObject {
  const result: Record<string, Value> = {};
  for (const { name, attribute } of listed(attributes)) {
    const configured = config?.[name] ?? null;
    const before = prior?.[name] ?? null;
    const stepped = step(attribute, value[name] ?? null, configured, before);
    result[name] =
      attribute.nested === undefined || configured === null
        ? stepped
        : mapNested(attribute.nested, stepped, configured, before, step);
  }
  return result;
}

function mapNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  value: Value,
  config: Value,
  prior: Value,
  step: Step,
): Value {
  const one = (element: Value, configured: Value | undefined, before: Value | undefined): Value =>
    isObject(element)
      ? mapAttributes(
          attributes,
          element,
          isObject(configured) ? configured : null,
          isObject(before) ? before : null,
          step,
        )
      : element;
  if (nesting === "single") return one(value, config, prior);
  if (nesting === "map") {
    if (!isObject(value)) return value;
    const configured = isObject(config) ? config : {};
    const before = isObject(prior) ? prior : {};
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [key, one(element, configured[key], before[key])]),
    );
  }
  if (!Array.isArray(value)) return value;
  const configured = Array.isArray(config) ? (config as ValueList) : [];
  const before = nesting === "list" && Array.isArray(prior) ? (prior as ValueList) : [];
  const elements = (value as ValueList).map((element, index) => one(element, configured[index], before[index]));
  // Defaults may have changed the order, which alone distinguishes equal sets.
  return nesting === "set" ? canonicalSet(elements) : elements;
}

function replacements(attributes: Attributes, prior: ValueObject, planned: ValueObject, config: ValueObject): Path[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const before = prior[name] ?? null;
    const after = planned[name] ?? null;
    // A value that is known only after apply is not a change that anybody asked for.
    if (isUnknown(after) && (config[name] ?? null) === null) return [];
    if (attribute.replace === undefined || attribute.replace === false || sameValue(before, after)) return [];
    if (attribute.replace === true || isUnknown(after)) return [[name]];
    return attribute.replace.when(before, after) ? [[name]] : [];
  });
}
