import type { Attribute, Attributes, Nesting, Schema } from "./schema";
import type { Type } from "./values";

/** From the declared schema to what Terraform reads: types for the codecs, and the Schema message. */

/** The type of the object that holds all attributes. */
export function objectType(attributes: Attributes): Type {
  return ["object", Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, attributeType(one)]))];
}

export function attributeType(attribute: Attribute): Type {
  if (attribute.nested === undefined) return attribute.type!;
  const element = objectType(attribute.nested.attributes);
  return attribute.nested.nesting === "single" ? element : [attribute.nested.nesting, element];
}

const MARKDOWN = 1;
const NESTING: Record<Nesting, number> = { single: 1, list: 2, set: 3, map: 4 };

export function schemaMessage(schema: Pick<Schema, "attributes" | "version" | "description" | "deprecated">) {
  return {
    version: schema.version ?? 0,
    block: {
      version: schema.version ?? 0,
      attributes: attributeMessages(schema.attributes),
      block_types: [],
      description: schema.description,
      description_kind: MARKDOWN,
      deprecated: schema.deprecated !== undefined,
    },
  };
}

interface AttributeMessage {
  name: string;
  type?: Uint8Array;
  nested_type?: { attributes: AttributeMessage[]; nesting: number };
  description: string;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  description_kind: number;
  deprecated: boolean;
  write_only: boolean;
}

function attributeMessages(attributes: Attributes): AttributeMessage[] {
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
    // A default fills what the configuration leaves out, which Terraform allows to computed attributes only.
    computed: ["computed", "defaulted", "optional-computed"].includes(attribute.presence),
    sensitive: attribute.sensitive ?? false,
    description_kind: MARKDOWN,
    deprecated: attribute.deprecated !== undefined,
    write_only: attribute.writeOnly ?? false,
  }));
}
