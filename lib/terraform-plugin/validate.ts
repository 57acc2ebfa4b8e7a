import type { Path, Problem } from "../core/problem";
import { canBeKeptSecret } from "../core/redaction";
import { nestedElements } from "./nested-elements";
import { unfitNumber } from "./number-fit";
import { isSecret, listed, type Attribute, type Attributes, type KnownValues, type Schema } from "./schema";
import { isObject, isUnknown, isWhollyKnown, type Value, type ValueList, type ValueObject } from "./values";

/**
 * Validates a configuration, for `terraform validate` and for synth. Unknown values (and tokens, which the constructs pass
 * as unknown) are skipped: they are checked once known.
 */
export function validateConfig(schema: Schema, config: ValueObject): Problem[] {
  const problems = validateAttributes(schema.attributes, config, []);
  // A check across attributes requires that each is valid by itself.
  if (problems.some((problem) => problem.severity === "error")) return problems;
  if (schema.checks === undefined) return problems;
  const known = knownValues(schema.attributes, config);
  return [...problems, ...schema.checks.flatMap((check) => check.check(known))];
}

/** Runs the checks of new objects, for the plan, which knows whether the object is new. */
export function validateCreation(schema: Schema, config: ValueObject): Problem[] {
  if (schema.creationChecks === undefined) return [];
  const known = knownValues(schema.attributes, config);
  return schema.creationChecks.flatMap((check) => check.check(known));
}

/** Runs the validators of every attribute, nested ones included. Also for the provider block, which has no checks. */
export function validateAttributes(attributes: Attributes, config: ValueObject, path: Path): Problem[] {
  return listed(attributes).flatMap(({ name, attribute }) => {
    const value = config[name] ?? null;
    return value === null || isUnknown(value) ? [] : validateValue(attribute, value, [...path, name]);
  });
}

function validateValue(attribute: Attribute, value: Value, path: Path): Problem[] {
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
  if (isSecret(attribute) && isWeak(value)) problems.push(weakSecret(`\`${path.at(-1)}\``, path));
  if (attribute.nested !== undefined) {
    problems.push(...validateNested(attribute.nested, value, path));
  }
  if (isWhollyKnown(value)) {
    for (const validator of attribute.validators ?? []) {
      const problem = validator.check(value);
      if (problem !== undefined) problems.push({ ...problem, path });
    }
    // The problem of a validator is more specific.
    const unfit = problems.some(({ severity }) => severity === "error") ? undefined : unfitNumber(attribute, value);
    if (unfit !== undefined) problems.push({ ...unfit, path });
  }
  return problems;
}

const isWeak = (value: Value) => typeof value === "string" && value !== "" && !canBeKeptSecret(value);

/** @param what the attribute, or the variable that replaces it */
export const weakSecret = (what: string, path?: Path): Problem => ({
  code: "terraform/weak-secret",
  severity: "warning",
  summary: `${what} is too short or too common to be kept out of messages`,
  ...(path === undefined ? {} : { path }),
  expected:
    "four characters at least, no number of up to five digits, and no word that systems say themselves (true, default, plain, …)",
  fix: "Set a longer secret: it is masked in messages and logs only where it stands as a word of its own, if at all, and whoever guesses finds it at once.",
});

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
  const known: Record<string, unknown> = {};
  for (const { name, attribute } of listed(attributes)) {
    const { nested } = attribute;
    const value = config[name] ?? null;
    if (nested?.nesting === "single" && isObject(value)) known[name] = knownValues(nested.attributes, value);
    else if (nested?.nesting === "list" && Array.isArray(value)) {
      const elements = value as ValueList;
      known[name] = elements.map((one) => (isObject(one) ? knownValues(nested.attributes, one) : undefined));
    } else known[name] = isWhollyKnown(value) ? value : undefined;
  }
  return known as KnownValues<Attributes>;
}
