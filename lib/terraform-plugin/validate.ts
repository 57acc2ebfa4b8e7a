import type { Path, Problem } from "../core/problem";
import { nestedElements } from "./nested-elements";
import { unfitNumber } from "./number-fit";
import type { Attribute, Attributes, KnownValues, Schema } from "./schema";
import { isObject, isUnknown, isWhollyKnown, type Value, type ValueObject } from "./values";

/**
 * Validation of a configuration, shared by `terraform validate` and synth. Unknown values (and
 * tokens, which the constructs hand over as unknown) are skipped: they are checked once known.
 */
export function validateConfig(schema: Schema, config: ValueObject): Problem[] {
  const problems = validateAttributes(schema.attributes, config, []);
  // A check across attributes assumes that each is sound by itself.
  if (problems.some((problem) => problem.severity === "error")) return problems;
  const known = knownValues(schema.attributes, config);
  return [...problems, ...(schema.checks ?? []).flatMap((check) => check.check(known))];
}

/** What only a new object needs; for the plan, which knows whether there is one. */
export function validateCreation(schema: Schema, config: ValueObject): Problem[] {
  if (schema.creationChecks === undefined) return [];
  const known = knownValues(schema.attributes, config);
  return schema.creationChecks.flatMap((check) => check.check(known));
}

/** Runs every attribute's own validators, nested ones included. Also for the provider block, which has no checks. */
export function validateAttributes(attributes: Attributes, config: ValueObject, path: Path): Problem[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    validateValue(attribute, config[name] ?? null, [...path, name]),
  );
}

function validateValue(attribute: Attribute, value: Value, path: Path): Problem[] {
  if (value === null || isUnknown(value)) return [];
  const problems: Problem[] = [];
  if (attribute.deprecated !== undefined) {
    problems.push({
      code: "terraform/deprecated-attribute",
      severity: "warning",
      summary: `\`${path.at(-1)}\` is deprecated`,
      path,
      fix: attribute.deprecated,
    });
  }
  if (attribute.nested !== undefined) {
    problems.push(...validateNested(attribute.nested, value, path));
  }
  if (isWhollyKnown(value)) {
    for (const validator of attribute.validators ?? []) {
      const problem = validator.check(value);
      if (problem !== undefined) problems.push({ ...problem, path });
    }
    // What a validator said of it already is more to the point.
    const unfit = problems.some(({ severity }) => severity === "error") ? undefined : unfitNumber(attribute, value);
    if (unfit !== undefined) problems.push({ ...unfit, path });
  }
  return problems;
}

function validateNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  value: Value,
  path: Path,
): Problem[] {
  return nestedElements(nesting, value).flatMap(([step, element]) =>
    validateAttributes(attributes, element, [...path, ...step]),
  );
}

function knownValues(attributes: Attributes, config: ValueObject): KnownValues<Attributes> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { nested }]) => {
      const value = config[name] ?? null;
      if (nested?.nesting === "single" && isObject(value)) return [name, knownValues(nested.attributes, value)];
      return [name, isWhollyKnown(value) ? value : undefined];
    }),
  );
}
