import type { Construct } from "constructs";
import type { Attribute, Attributes } from "../terraform-plugin/schema";
import { UNKNOWN, type Type, type Value, type ValueObject } from "../terraform-plugin/values";
import { Token } from "./cdktf";
import { camel } from "../core/camel";
import { GIVEN, isSecret } from "./secret-mark";

/** Props (camelCase, tokens, secrets) into what Terraform reads and into what validators check. */

export type Props = Readonly<Record<string, unknown>>;

/** The values as they stand in `cdk.tf.json`. */
export function toTerraform(attributes: Attributes, props: Props, scope: Construct): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = props[camel(name)];
    if (value !== undefined && value !== null) result[name] = renderValue(attribute, value, scope);
  }
  return result;
}

/** The values as CDKTF's HCL writer expects them: each with its type. */
export function toHcl(attributes: Attributes, props: Props, scope: Construct): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(toTerraform(attributes, props, scope)).map(([name, value]) => [
      name,
      { value, isBlock: false, ...hclType(attributes[name]!.type) },
    ]),
  );
}

/** The values for the validators: what is known only later is unknown. */
export function toValues(attributes: Attributes, props: Props): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, toValue(attribute, props[camel(name)])]),
  );
}

/** Whether the value, or a part of the text, is known only to Terraform. */
export function isReference(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && /(^|[^$%])[$%]\{/.test(value));
}

function renderValue(attribute: Attribute, value: unknown, scope: Construct): unknown {
  if (isSecret(value)) return value.in(scope);
  if (Token.isUnresolved(value)) return value;
  // JSON cannot carry it exactly; in an expression, Terraform reads every digit.
  if (typeof value === "bigint") return `\${${value}}`;
  if (attribute.nested !== undefined) {
    const { attributes } = attribute.nested;
    return mapNested(attribute.nested.nesting, value, (element) => toTerraform(attributes, element, scope));
  }
  if (attribute.writeOnly && typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, isSecret(inner) ? inner.in(scope) : inner]),
    );
  }
  return value;
}

function toValue(attribute: Attribute, value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (isSecret(value)) return GIVEN;
  if (isReference(value)) return UNKNOWN;
  if (attribute.nested !== undefined && typeof value === "object") {
    const { attributes } = attribute.nested;
    return mapNested(attribute.nested.nesting, value, (element) => toValues(attributes, element)) as Value;
  }
  if (Array.isArray(value)) return value.map((element) => (isReference(element) ? UNKNOWN : (element as Value)));
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        isSecret(inner) ? GIVEN : isReference(inner) ? UNKNOWN : (inner as Value),
      ]),
    );
  }
  return value as Value;
}

function mapNested<T>(nesting: string, value: unknown, map: (element: Props) => T): unknown {
  const element = (inner: unknown) =>
    Token.isUnresolved(inner) || typeof inner !== "object" || inner === null ? inner : map(inner as Props);
  if (nesting === "single") return element(value);
  if (Array.isArray(value)) return value.map(element);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, element(inner)]));
}

const SIMPLE: Readonly<Record<string, string>> = { string: "string", number: "number", bool: "boolean" };

function hclType(type: Type | null): { type: string; storageClassType?: string } {
  if (typeof type === "string" && type in SIMPLE) return { type: "simple", storageClassType: SIMPLE[type]! };
  if (Array.isArray(type) && (type[0] === "list" || type[0] === "set") && typeof type[1] === "string") {
    return { type: type[0], storageClassType: `${SIMPLE[type[1]]}List` };
  }
  if (Array.isArray(type) && type[0] === "map") return { type: "map" };
  return { type: "any" };
}
