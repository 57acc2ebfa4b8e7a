import type { Attribute, Attributes, Presence } from "../../lib/terraform-plugin/schema";
import type { Type } from "../../lib/terraform-plugin/values";

const HEADINGS: readonly (readonly [string, readonly Presence[]])[] = [
  ["Required", ["required"]],
  ["Optional", ["optional", "defaulted", "optional-computed"]],
  ["Read-only", ["computed"]],
];

/** The attributes of a schema as Markdown lists, nested ones indented below theirs. */
export function attributeSections(attributes: Attributes): string {
  return HEADINGS.flatMap(([heading, presences]) => {
    const lines = attributeLines(attributes, presences, "");
    return lines.length === 0 ? [] : [`### ${heading}`, lines.join("\n")];
  }).join("\n\n");
}

function attributeLines(attributes: Attributes, presences: readonly Presence[], indent: string): string[] {
  return Object.entries(attributes)
    .filter(([, attribute]) => presences.includes(attribute.presence))
    .flatMap(([name, attribute]) => [
      `${indent}- \`${name}\` (${facts(attribute, indent !== "").join(", ")}) ${attribute.description}${constraints(attribute)}`,
      ...(attribute.nested === undefined ? [] : attributeLines(attribute.nested.attributes, ALL, `${indent}  `)),
    ]);
}

const ALL: readonly Presence[] = ["required", "optional", "defaulted", "optional-computed", "computed"];

/** Attributes inside others stand below no heading that says whether they are required. */
function facts(attribute: Attribute, inside: boolean): string[] {
  return [
    typeName(attribute),
    inside && attribute.presence === "required" ? "required" : undefined,
    attribute.default === undefined ? undefined : `default \`${JSON.stringify(attribute.default)}\``,
    attribute.writeOnly === true ? "write-only" : attribute.sensitive === true ? "sensitive" : undefined,
    attribute.replace === undefined || attribute.replace === false
      ? undefined
      : attribute.replace === true
        ? "a change replaces"
        : "some changes replace",
    attribute.deprecated === undefined ? undefined : "deprecated",
  ].filter((fact) => fact !== undefined);
}

function constraints(attribute: Attribute): string {
  const described = (attribute.validators ?? []).map((validator) => validator.describes).filter(Boolean);
  return described.length === 0 ? "" : ` Must be ${described.join("; ")}.`;
}

function typeName(attribute: Attribute): string {
  const { nested } = attribute;
  if (nested !== undefined) return nested.nesting === "single" ? "object" : `${nested.nesting} of objects`;
  return primitiveName(attribute.type!);
}

function primitiveName(type: Type): string {
  return typeof type === "string" ? type : `${type[0]} of ${primitiveName(type[1] as Type)}s`;
}
