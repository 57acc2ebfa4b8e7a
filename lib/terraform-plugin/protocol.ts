import { message, type DecodedOf, type EncodableOf, type Message } from "./protobuf";
import { bool, bytes, int32, int64, legacyStrings, many, mapOf, one, oneOf, optional, string } from "./protobuf-fields";

/**
 * The messages of Terraform's plugin protocol 6.8 (package `tfplugin6`), with the protocol's own names. Later 6.x
 * versions only add fields, which are passed over when read. `X` is a message as received, `XInput` as given to send.
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
  /** Compact JSON of the type; absent when `nested_type` says it. */
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
export const FunctionError = message("FunctionError", { text: string(1), function_argument: optional(int64(2)) });

export const ServerCapabilities = message("ServerCapabilities", {
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
});
export const ClientCapabilities = message("ClientCapabilities", {
  deferral_allowed: bool(1),
  write_only_attributes_allowed: bool(2),
});
export const Deferred = message("Deferred", {
  reason: oneOf(1, "Reason", ["UNKNOWN", "RESOURCE_CONFIG_UNKNOWN", "PROVIDER_CONFIG_UNKNOWN", "ABSENT_PREREQ"]),
});
export const Timestamp = message("google.protobuf.Timestamp", { seconds: int64(1), nanos: int32(2) });

export const ImportedResource = message("ImportResourceState.ImportedResource", {
  type_name: string(1),
  state: one(2, DynamicValue),
  private: bytes(3),
});

const typeName = (name: string) => message(`GetMetadata.${name}`, { type_name: string(1) });

/** Every call of the protocol, with its request and response. */
export const rpcs = {
  GetMetadata: {
    request: message("GetMetadata.Request", {}),
    response: message("GetMetadata.Response", {
      server_capabilities: one(1, ServerCapabilities),
      diagnostics: many(2, Diagnostic),
      data_sources: many(3, typeName("DataSourceMetadata")),
      resources: many(4, typeName("ResourceMetadata")),
      functions: many(5, message("GetMetadata.FunctionMetadata", { name: string(1) })),
      ephemeral_resources: many(6, typeName("EphemeralMetadata")),
    }),
  },
  GetProviderSchema: {
    request: message("GetProviderSchema.Request", {}),
    response: message("GetProviderSchema.Response", {
      provider: one(1, Schema),
      resource_schemas: mapOf(2, Schema),
      data_source_schemas: mapOf(3, Schema),
      diagnostics: many(4, Diagnostic),
      provider_meta: one(5, Schema),
      server_capabilities: one(6, ServerCapabilities),
      functions: mapOf(7, FunctionSchema),
      ephemeral_resource_schemas: mapOf(8, Schema),
    }),
  },
  ValidateProviderConfig: {
    request: message("ValidateProviderConfig.Request", { config: one(1, DynamicValue) }),
    response: message("ValidateProviderConfig.Response", { diagnostics: many(2, Diagnostic) }),
  },
  ConfigureProvider: {
    request: message("ConfigureProvider.Request", {
      terraform_version: string(1),
      config: one(2, DynamicValue),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("ConfigureProvider.Response", { diagnostics: many(1, Diagnostic) }),
  },
  StopProvider: {
    request: message("StopProvider.Request", {}),
    response: message("StopProvider.Response", { Error: string(1) }),
  },
  ValidateResourceConfig: {
    request: message("ValidateResourceConfig.Request", {
      type_name: string(1),
      config: one(2, DynamicValue),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("ValidateResourceConfig.Response", { diagnostics: many(1, Diagnostic) }),
  },
  ValidateDataResourceConfig: {
    request: message("ValidateDataResourceConfig.Request", { type_name: string(1), config: one(2, DynamicValue) }),
    response: message("ValidateDataResourceConfig.Response", { diagnostics: many(1, Diagnostic) }),
  },
  UpgradeResourceState: {
    request: message("UpgradeResourceState.Request", {
      type_name: string(1),
      version: int64(2),
      raw_state: one(3, RawState),
    }),
    response: message("UpgradeResourceState.Response", {
      upgraded_state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
    }),
  },
  ReadResource: {
    request: message("ReadResource.Request", {
      type_name: string(1),
      current_state: one(2, DynamicValue),
      private: bytes(3),
      provider_meta: one(4, DynamicValue),
      client_capabilities: one(5, ClientCapabilities),
    }),
    response: message("ReadResource.Response", {
      new_state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
      private: bytes(3),
      deferred: one(4, Deferred),
    }),
  },
  PlanResourceChange: {
    request: message("PlanResourceChange.Request", {
      type_name: string(1),
      prior_state: one(2, DynamicValue),
      proposed_new_state: one(3, DynamicValue),
      config: one(4, DynamicValue),
      prior_private: bytes(5),
      provider_meta: one(6, DynamicValue),
      client_capabilities: one(7, ClientCapabilities),
    }),
    response: message("PlanResourceChange.Response", {
      planned_state: one(1, DynamicValue),
      requires_replace: many(2, AttributePath),
      planned_private: bytes(3),
      diagnostics: many(4, Diagnostic),
      /** Must stay unset: it would only turn Terraform's checks of us into log lines. */
      legacy_type_system: bool(5),
      deferred: one(6, Deferred),
    }),
  },
  ApplyResourceChange: {
    request: message("ApplyResourceChange.Request", {
      type_name: string(1),
      prior_state: one(2, DynamicValue),
      planned_state: one(3, DynamicValue),
      config: one(4, DynamicValue),
      planned_private: bytes(5),
      provider_meta: one(6, DynamicValue),
    }),
    response: message("ApplyResourceChange.Response", {
      new_state: one(1, DynamicValue),
      private: bytes(2),
      diagnostics: many(3, Diagnostic),
      legacy_type_system: bool(4),
    }),
  },
  ImportResourceState: {
    request: message("ImportResourceState.Request", {
      type_name: string(1),
      id: string(2),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("ImportResourceState.Response", {
      imported_resources: many(1, ImportedResource),
      diagnostics: many(2, Diagnostic),
      deferred: one(3, Deferred),
    }),
  },
  MoveResourceState: {
    request: message("MoveResourceState.Request", {
      source_provider_address: string(1),
      source_type_name: string(2),
      source_schema_version: int64(3),
      source_state: one(4, RawState),
      target_type_name: string(5),
      source_private: bytes(6),
    }),
    response: message("MoveResourceState.Response", {
      target_state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
      target_private: bytes(3),
    }),
  },
  ReadDataSource: {
    request: message("ReadDataSource.Request", {
      type_name: string(1),
      config: one(2, DynamicValue),
      provider_meta: one(3, DynamicValue),
      client_capabilities: one(4, ClientCapabilities),
    }),
    response: message("ReadDataSource.Response", {
      state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
      deferred: one(3, Deferred),
    }),
  },
  GetFunctions: {
    request: message("GetFunctions.Request", {}),
    response: message("GetFunctions.Response", {
      functions: mapOf(1, FunctionSchema),
      diagnostics: many(2, Diagnostic),
    }),
  },
  CallFunction: {
    request: message("CallFunction.Request", { name: string(1), arguments: many(2, DynamicValue) }),
    response: message("CallFunction.Response", { result: one(1, DynamicValue), error: one(2, FunctionError) }),
  },
  ValidateEphemeralResourceConfig: {
    request: message("ValidateEphemeralResourceConfig.Request", { type_name: string(1), config: one(2, DynamicValue) }),
    response: message("ValidateEphemeralResourceConfig.Response", { diagnostics: many(1, Diagnostic) }),
  },
  OpenEphemeralResource: {
    request: message("OpenEphemeralResource.Request", {
      type_name: string(1),
      config: one(2, DynamicValue),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("OpenEphemeralResource.Response", {
      diagnostics: many(1, Diagnostic),
      renew_at: one(2, Timestamp),
      result: one(3, DynamicValue),
      private: optional(bytes(4)),
      deferred: one(5, Deferred),
    }),
  },
  RenewEphemeralResource: {
    request: message("RenewEphemeralResource.Request", { type_name: string(1), private: optional(bytes(2)) }),
    response: message("RenewEphemeralResource.Response", {
      diagnostics: many(1, Diagnostic),
      renew_at: one(2, Timestamp),
      private: optional(bytes(3)),
    }),
  },
  CloseEphemeralResource: {
    request: message("CloseEphemeralResource.Request", { type_name: string(1), private: optional(bytes(2)) }),
    response: message("CloseEphemeralResource.Response", { diagnostics: many(1, Diagnostic) }),
  },
} as const;

/** The calls by name: what each receives and what it may answer. Absent and null response fields are left out. */
export type Rpcs = {
  [K in keyof typeof rpcs]: {
    request: DecodedOf<(typeof rpcs)[K]["request"]>;
    response: EncodableOf<(typeof rpcs)[K]["response"]>;
  };
};
export type RpcName = keyof Rpcs;
