import type { ProviderFunction } from "./function";
import type { FunctionSchemaInput, SchemaAttributeInput, SchemaInput } from "./protocol";
import type { Attribute, Attributes, Schema } from "./schema";
import type { Type } from "./values";

/** Converts a declared schema for Terraform: to types for the codecs, and to the Schema message. */

/** The type of the object that holds all attributes. */
export function objectType(attributes: Attributes): Type {
  return ["object", Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, attributeType(one)]))];
}

export function attributeType(attribute: Attribute): Type {
  if (attribute.nested === undefined) return attribute.type!;
  const element = objectType(attribute.nested.attributes);
  return attribute.nested.nesting === "single" ? element : [attribute.nested.nesting, element];
}

const NESTING = { single: "SINGLE", list: "LIST", set: "SET", map: "MAP" } as const;

export function schemaMessage(schema: Omit<Schema, "type" | "checks">): SchemaInput {
  return {
    version: schema.version ?? 0,
    block: {
      version: schema.version ?? 0,
      attributes: attributeMessages(schema.attributes),
      block_types: [],
      description: schema.description,
      description_kind: "MARKDOWN",
      deprecated: schema.deprecated !== undefined,
    },
  };
}

/** The schema message of an action. An action returns no values, so an attribute with a default is merely optional. */
export function actionSchemaMessage(schema: Omit<Schema, "type" | "checks">): { readonly schema: SchemaInput } {
  const { block, ...rest } = schemaMessage(schema);
  return { schema: { ...rest, block: { ...block, attributes: (block?.attributes ?? []).map(uncomputed) } } };
}

function uncomputed({ nested_type: nested, ...attribute }: SchemaAttributeInput): SchemaAttributeInput {
  const inner = nested && { nested_type: { ...nested, attributes: (nested.attributes ?? []).map(uncomputed) } };
  return { ...attribute, ...inner, computed: false };
}

function attributeMessages(attributes: Attributes): SchemaAttributeInput[] {
  return Object.entries(attributes).map(([name, attribute]) => ({
    name,
    ...(attribute.nested === undefined
      ? { type: Buffer.from(JSON.stringify(attribute.type)) }
      : {
          nested_type: {
            attributes: attributeMessages(attribute.nested.attributes),
            nesting: NESTING[attribute.nested.nesting],
          },
        }),
    description: attribute.description,
    required: attribute.presence === "required",
    optional: ["optional", "defaulted", "optional-computed"].includes(attribute.presence),
    // A default fills in a missing value, which Terraform allows for computed attributes only.
    computed: ["computed", "defaulted", "optional-computed"].includes(attribute.presence),
    sensitive: attribute.sensitive ?? false,
    description_kind: "MARKDOWN",
    deprecated: attribute.deprecated !== undefined,
    write_only: attribute.writeOnly ?? false,
  }));
}

export function functionMessage({ parameters, returns, summary, description }: ProviderFunction): FunctionSchemaInput {
  return {
    parameters: parameters.map(({ name, type, description }) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      description,
      description_kind: "MARKDOWN",
    })),
    return: { type: Buffer.from(JSON.stringify(returns)) },
    summary,
    description,
    description_kind: "MARKDOWN",
  };
}
