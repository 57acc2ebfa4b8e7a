import { message, type DecodedOf, type EncodableOf, type Message } from "./protobuf";
import { bool, bytes, int32, int64, legacyStrings, many, one, oneOf, optional, string } from "./protobuf-fields";

/**
 * The messages of Terraform's plugin protocol 6.11 (package `tfplugin6`), with the protocol's own names. Later 6.x versions
 * only add fields, which are skipped when read; an older Terraform skips those that it does not know. `X` is a message as
 * received, `XInput` as passed for sending.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */

const STRING_KIND = ["PLAIN", "MARKDOWN"] as const;

export const DynamicValue = message("DynamicValue", { msgpack: bytes(1), json: bytes(2) });
export type DynamicValue = DecodedOf<typeof DynamicValue>;
export type DynamicValueInput = EncodableOf<typeof DynamicValue>;

export const AttributePathStep = message("AttributePath.Step", {
  attribute_name: optional(string(1)),
  element_key_string: optional(string(2)),
  element_key_int: optional(int64(3)),
});
export const AttributePath = message("AttributePath", { steps: many(1, AttributePathStep) });
export type AttributePath = DecodedOf<typeof AttributePath>;
export type AttributePathInput = EncodableOf<typeof AttributePath>;

export const Diagnostic = message("Diagnostic", {
  severity: oneOf(1, "Severity", ["INVALID", "ERROR", "WARNING"]),
  summary: string(2),
  detail: string(3),
  attribute: one(4, AttributePath),
});
export type Diagnostic = DecodedOf<typeof Diagnostic>;
export type DiagnosticInput = EncodableOf<typeof Diagnostic>;

export const RawState = message("RawState", { json: bytes(1), flatmap: legacyStrings(2) });
export type RawState = DecodedOf<typeof RawState>;

export interface SchemaAttributeInput {
  readonly name?: string;
  /** The type as compact JSON; absent when `nested_type` describes it. */
  readonly type?: Uint8Array | null;
  readonly nested_type?: SchemaObjectInput | null;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly description_kind?: (typeof STRING_KIND)[number];
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
  readonly deprecation_message?: string;
}
export interface SchemaObjectInput {
  readonly attributes?: readonly SchemaAttributeInput[];
  readonly nesting?: "INVALID" | "SINGLE" | "LIST" | "SET" | "MAP";
}
export interface SchemaBlockInput {
  readonly version?: number;
  readonly attributes?: readonly SchemaAttributeInput[];
  readonly block_types?: readonly SchemaNestedBlockInput[];
  readonly description?: string;
  readonly description_kind?: (typeof STRING_KIND)[number];
  readonly deprecated?: boolean;
  readonly deprecation_message?: string;
  readonly computed?: boolean;
}
export interface SchemaNestedBlockInput {
  readonly type_name?: string;
  readonly block?: SchemaBlockInput | null;
  readonly nesting?: "INVALID" | "SINGLE" | "LIST" | "SET" | "MAP" | "GROUP";
  readonly min_items?: number;
  readonly max_items?: number;
}

export const SchemaAttribute: Message<SchemaAttributeInput, SchemaAttributeInput> = message("Schema.Attribute", {
  name: string(1),
  type: bytes(2),
  nested_type: one(10, () => SchemaObject),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: oneOf(8, "StringKind", STRING_KIND),
  deprecated: bool(9),
  write_only: bool(11),
  deprecation_message: string(12),
});
export const SchemaObject: Message<SchemaObjectInput, SchemaObjectInput> = message("Schema.Object", {
  attributes: many(1, () => SchemaAttribute),
  nesting: oneOf(3, "NestingMode", ["INVALID", "SINGLE", "LIST", "SET", "MAP"]),
  min_items: int64(4),
  max_items: int64(5),
});
export const SchemaBlock: Message<SchemaBlockInput, SchemaBlockInput> = message("Schema.Block", {
  version: int64(1),
  attributes: many(2, SchemaAttribute),
  block_types: many(3, () => SchemaNestedBlock),
  description: string(4),
  description_kind: oneOf(5, "StringKind", STRING_KIND),
  deprecated: bool(6),
  deprecation_message: string(7),
  computed: bool(8),
});
export const SchemaNestedBlock: Message<SchemaNestedBlockInput, SchemaNestedBlockInput> = message(
  "Schema.NestedBlock",
  {
    type_name: string(1),
    block: one(2, SchemaBlock),
    nesting: oneOf(3, "NestingMode", ["INVALID", "SINGLE", "LIST", "SET", "MAP", "GROUP"]),
    min_items: int64(4),
    max_items: int64(5),
  },
);
export const Schema = message("Schema", { version: int64(1), block: one(2, SchemaBlock) });
export type SchemaInput = EncodableOf<typeof Schema>;
export const ActionSchema = message("ActionSchema", { schema: one(1, Schema) });

export const IdentityAttribute = message("ResourceIdentitySchema.IdentityAttribute", {
  name: string(1),
  type: bytes(2),
  required_for_import: bool(3),
  optional_for_import: bool(4),
  description: string(5),
});
export const ResourceIdentitySchema = message("ResourceIdentitySchema", {
  version: int64(1),
  identity_attributes: many(2, IdentityAttribute),
});
export type ResourceIdentitySchemaInput = EncodableOf<typeof ResourceIdentitySchema>;
export const ResourceIdentityData = message("ResourceIdentityData", { identity_data: one(1, DynamicValue) });
export type ResourceIdentityData = DecodedOf<typeof ResourceIdentityData>;
export type ResourceIdentityDataInput = EncodableOf<typeof ResourceIdentityData>;

export const FunctionParameter = message("Function.Parameter", {
  name: string(1),
  type: bytes(2),
  allow_null_value: bool(3),
  allow_unknown_values: bool(4),
  description: string(5),
  description_kind: oneOf(6, "StringKind", STRING_KIND),
});
export const FunctionReturn = message("Function.Return", { type: bytes(1) });
export const FunctionSchema = message("Function", {
  parameters: many(1, FunctionParameter),
  variadic_parameter: one(2, FunctionParameter),
  return: one(3, FunctionReturn),
  summary: string(4),
  description: string(5),
  description_kind: oneOf(6, "StringKind", STRING_KIND),
  deprecation_message: string(7),
});
export type FunctionSchemaInput = EncodableOf<typeof FunctionSchema>;
export const FunctionError = message("FunctionError", { text: string(1), function_argument: optional(int64(2)) });

export const ServerCapabilities = message("ServerCapabilities", {
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
  generate_resource_config: bool(4),
});
export const ClientCapabilities = message("ClientCapabilities", {
  deferral_allowed: bool(1),
  write_only_attributes_allowed: bool(2),
  store_planned_private: bool(3),
  computed_blocks_allowed: bool(4),
});
export const Deferred = message("Deferred", {
  reason: oneOf(1, "Reason", ["UNKNOWN", "RESOURCE_CONFIG_UNKNOWN", "PROVIDER_CONFIG_UNKNOWN", "ABSENT_PREREQ"]),
});
export const Timestamp = message("google.protobuf.Timestamp", { seconds: int64(1), nanos: int32(2) });

export const ImportedResource = message("ImportResourceState.ImportedResource", {
  type_name: string(1),
  state: one(2, DynamicValue),
  private: bytes(3),
  identity: one(4, ResourceIdentityData),
});
