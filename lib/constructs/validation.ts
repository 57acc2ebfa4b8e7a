import type { Construct } from "constructs";
import { problemInTerms, renderProblem, type Path, type Problem } from "../core/problem";
import { asProp } from "../core/props";
import { nearestWord } from "../validators/did-you-mean";
import type { Attribute, Attributes, Schema } from "../terraform-plugin/schema";
import { validateAttributes, validateConfig } from "../terraform-plugin/validate";
import { Annotations } from "./cdktf";
import { lostNumber, missingProp, unknownProp, wrongType } from "./errors";
import { literalSecret } from "./secret.errors";
import { camel } from "../core/camel";
import { isSecret } from "./secret-mark";
import { isReference, toValues, type Props } from "./synthesis";
import type { SecretRule } from "./props";
import { hasLostNumber } from "./text";

/** The properties that every Terraform construct has besides its own. */
const META = ["dependsOn", "count", "provider", "lifecycle", "forEach", "provisioners", "connection"];

/**
 * Checks props with the provider's own validators. Returns errors, so that CDKTF shows all of a stack at once; adds warnings
 * as annotations.
 */
export function validateProps(construct: Construct, schema: Schema, props: Props): string[] {
  const shape = checkShape(schema.attributes, props, META);
  // Validators rely on the types that TypeScript has checked.
  return report(
    construct,
    schema.attributes,
    shape.length > 0 ? shape : validateConfig(schema, toValues(schema.attributes, props)),
  );
}

/** Checks the provider's settings in the same way. */
export function validateSettings(construct: Construct, attributes: Attributes, props: Props): string[] {
  const shape = checkShape(attributes, props, ["alias", "embedNullProvider", "platforms"]);
  return report(
    construct,
    attributes,
    shape.length > 0 ? shape : validateAttributes(attributes, toValues(attributes, props), []),
  );
}

/** Finds literals where a secret belongs. Checked at construction, so that nothing is ever written. */
export function literalSecrets(attributes: Attributes, props: Props, rule: SecretRule): Problem[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = props[camel(name)];
    if (value === undefined || value === null) return [];
    if (attribute.nested !== undefined) {
      const elements = attribute.nested.nesting === "single" ? [value] : Object.values(value);
      const { attributes: inner } = attribute.nested;
      return elements.flatMap((element) => literalSecrets(inner, element as Props, rule));
    }
    if (!attribute[rule]) return [];
    const values = typeof value === "object" && !isSecret(value) ? Object.values(value) : [value];
    return values.every(isSecret) ? [] : [literalSecret(camel(name))];
  });
}

function report(construct: Construct, attributes: Attributes, problems: readonly Problem[]): string[] {
  const rendered = problems.map((problem) => ({
    severity: problem.severity,
    text: renderProblem(inUsersSpelling(attributes, problem)),
  }));
  for (const { severity, text } of rendered) if (severity === "warning") warn(construct, text);
  return rendered.filter(({ severity }) => severity === "error").map(({ text }) => text);
}

/** Adds a warning unless the construct already has it: synth may run more than once. */
export function warn(construct: Construct, text: string): void {
  if (!construct.node.metadata.some((entry) => entry.data === text)) Annotations.of(construct).addWarning(text);
}

/** Checks the types for programs in JavaScript or with casts. */
function checkShape(attributes: Attributes, props: Props, meta: readonly string[], at: Path = []): Problem[] {
  const settable = Object.entries(attributes).filter(([, attribute]) => attribute.presence !== "computed");
  const names = [...settable.map(([name]) => camel(name)), ...meta];
  const unknown = Object.keys(props)
    .filter((name) => !names.includes(name) && props[name] !== undefined)
    .map((name) => unknownProp(name, nearestWord(name, names)));
  const wrong = settable.flatMap(([name, attribute]) => {
    const value = props[camel(name)];
    if (value === undefined || value === null)
      return attribute.presence === "required" ? [missingProp(camel(name))] : [];
    return checkType(attribute, value, camel(name));
  });
  return [...unknown, ...wrong].map((problem) => ({ ...problem, path: [...at, ...(problem.path ?? [])] }));
}

function checkType(attribute: Attribute, value: unknown, name: string): Problem[] {
  if (isReference(value) || isSecret(value)) return [];
  if (attribute.nested !== undefined) {
    const { nesting, attributes } = attribute.nested;
    if (nesting === "single")
      return isPlain(value) ? checkShape(attributes, value, [], [name]) : [mismatch(value, "object", name)];
    if (nesting === "map" ? !isPlain(value) : !Array.isArray(value)) {
      return [mismatch(value, nesting === "map" ? "object" : "array", name)];
    }
    return Object.entries(value as object).flatMap(([key, element]) =>
      isReference(element)
        ? []
        : checkShape(attributes, element as Props, [], [name, nesting === "map" ? key : Number(key)]),
    );
  }
  const expected = KINDS[Array.isArray(attribute.type) ? (attribute.type[0] as string) : String(attribute.type)];
  if (expected === undefined || expected === kindOf(value)) return lost(value, name);
  if (attribute.whole === true && typeof value === "bigint") return [];
  return [mismatch(value, expected, name)];
}

/** Finds numbers that a template literal has made unreadable, wherever a text may stand. */
const lost = (value: unknown, name: string): Problem[] => {
  if (typeof value === "string") return hasLostNumber(value) ? [lostNumber(name)] : [];
  if (typeof value !== "object" || value === null || isSecret(value) || isReference(value)) return [];
  return Object.values(value).flatMap((inner) => lost(inner, name));
};

const mismatch = (value: unknown, expected: string, name: string): Problem => ({
  ...wrongType(kindOf(value), expected),
  path: [name],
});

const KINDS: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  bool: "boolean",
  list: "array",
  set: "array",
  map: "object",
};

const kindOf = (value: unknown) => (Array.isArray(value) ? "array" : typeof value);
const isPlain = (value: unknown): value is Props =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name of an attribute as the user of a construct wrote it. */
function inUsersSpelling(attributes: Attributes, found: Problem): Problem {
  const problem = problemInTerms(found, asProp);
  const names = new Set(attributeNames(attributes));
  return {
    ...problem,
    ...(problem.path === undefined
      ? {}
      : { path: problem.path.map((step) => (typeof step === "string" && names.has(step) ? camel(step) : step)) }),
  };
}

function attributeNames(attributes: Attributes): string[] {
  return Object.entries(attributes).flatMap(([name, { nested }]) => [
    name,
    ...(nested === undefined ? [] : attributeNames(nested.attributes)),
  ]);
}
