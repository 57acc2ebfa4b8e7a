import { message, type DecodedOf, type EncodableOf } from "./protobuf";
import { bool, bytes, int64, many, mapOf, one, optional, string } from "./protobuf-fields";
import {
  ActionSchema,
  AttributePath,
  ClientCapabilities,
  Deferred,
  Diagnostic,
  DynamicValue,
  FunctionError,
  FunctionSchema,
  ImportedResource,
  RawState,
  ResourceIdentityData,
  ResourceIdentitySchema,
  Schema,
  ServerCapabilities,
  Timestamp,
} from "./protocol-messages";

export * from "./protocol-messages";

const typeName = (name: string) => message(`GetMetadata.${name}`, { type_name: string(1) });

/**
 * The calls of the protocol except those of state stores, with request and response: one message, or a stream of them.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
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
      list_resources: many(7, typeName("ListResourceMetadata")),
      state_stores: many(8, typeName("StateStoreMetadata")),
      actions: many(9, typeName("ActionMetadata")),
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
      list_resource_schemas: mapOf(9, Schema),
      state_store_schemas: mapOf(10, Schema),
      action_schemas: mapOf(11, ActionSchema),
    }),
  },
  GetResourceIdentitySchemas: {
    request: message("GetResourceIdentitySchemas.Request", {}),
    response: message("GetResourceIdentitySchemas.Response", {
      identity_schemas: mapOf(1, ResourceIdentitySchema),
      diagnostics: many(2, Diagnostic),
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
  UpgradeResourceIdentity: {
    request: message("UpgradeResourceIdentity.Request", {
      type_name: string(1),
      version: int64(2),
      raw_identity: one(3, RawState),
    }),
    response: message("UpgradeResourceIdentity.Response", {
      upgraded_identity: one(1, ResourceIdentityData),
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
      current_identity: one(6, ResourceIdentityData),
    }),
    response: message("ReadResource.Response", {
      new_state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
      private: bytes(3),
      deferred: one(4, Deferred),
      new_identity: one(5, ResourceIdentityData),
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
      prior_identity: one(8, ResourceIdentityData),
      planned_private: bytes(9),
    }),
    response: message("PlanResourceChange.Response", {
      planned_state: one(1, DynamicValue),
      requires_replace: many(2, AttributePath),
      planned_private: bytes(3),
      diagnostics: many(4, Diagnostic),
      /** Must stay unset: it would only turn Terraform's checks of the provider into log lines. */
      legacy_type_system: bool(5),
      deferred: one(6, Deferred),
      planned_identity: one(7, ResourceIdentityData),
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
      planned_identity: one(7, ResourceIdentityData),
    }),
    response: message("ApplyResourceChange.Response", {
      new_state: one(1, DynamicValue),
      private: bytes(2),
      diagnostics: many(3, Diagnostic),
      legacy_type_system: bool(4),
      new_identity: one(5, ResourceIdentityData),
    }),
  },
  ImportResourceState: {
    request: message("ImportResourceState.Request", {
      type_name: string(1),
      id: string(2),
      client_capabilities: one(3, ClientCapabilities),
      identity: one(4, ResourceIdentityData),
    }),
    response: message("ImportResourceState.Response", {
      imported_resources: many(1, ImportedResource),
      diagnostics: many(2, Diagnostic),
      deferred: one(3, Deferred),
    }),
  },
  GenerateResourceConfig: {
    request: message("GenerateResourceConfig.Request", { type_name: string(1), state: one(2, DynamicValue) }),
    response: message("GenerateResourceConfig.Response", {
      config: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
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
      source_identity: one(7, RawState),
      source_identity_schema_version: int64(8),
    }),
    response: message("MoveResourceState.Response", {
      target_state: one(1, DynamicValue),
      diagnostics: many(2, Diagnostic),
      target_private: bytes(3),
      target_identity: one(4, ResourceIdentityData),
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
  ValidateListResourceConfig: {
    request: message("ValidateListResourceConfig.Request", {
      type_name: string(1),
      config: one(2, DynamicValue),
      include_resource_object: one(3, DynamicValue),
      limit: one(4, DynamicValue),
    }),
    response: message("ValidateListResourceConfig.Response", { diagnostics: many(1, Diagnostic) }),
  },
  ListResource: {
    stream: true,
    request: message("ListResource.Request", {
      type_name: string(1),
      config: one(2, DynamicValue),
      include_resource_object: bool(3),
      limit: int64(4),
    }),
    response: message("ListResource.Event", {
      identity: one(1, ResourceIdentityData),
      display_name: string(2),
      resource_object: one(3, DynamicValue),
      diagnostic: many(4, Diagnostic),
    }),
  },
  ValidateActionConfig: {
    request: message("ValidateActionConfig.Request", { type_name: string(1), config: one(2, DynamicValue) }),
    response: message("ValidateActionConfig.Response", { diagnostics: many(1, Diagnostic) }),
  },
  PlanAction: {
    request: message("PlanAction.Request", {
      action_type: string(1),
      config: one(2, DynamicValue),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("PlanAction.Response", { diagnostics: many(1, Diagnostic), deferred: one(2, Deferred) }),
  },
  InvokeAction: {
    stream: true,
    request: message("InvokeAction.Request", {
      action_type: string(1),
      config: one(2, DynamicValue),
      client_capabilities: one(3, ClientCapabilities),
    }),
    response: message("InvokeAction.Event", {
      progress: one(1, message("InvokeAction.Event.Progress", { message: string(1) })),
      completed: one(2, message("InvokeAction.Event.Completed", { diagnostics: many(1, Diagnostic) })),
    }),
  },
} as const;

/** The calls by name, with the types of request and response. Absent and null response fields are left out. */
export type Rpcs = {
  [K in keyof typeof rpcs]: {
    request: DecodedOf<(typeof rpcs)[K]["request"]>;
    response: EncodableOf<(typeof rpcs)[K]["response"]>;
  };
};
export type RpcName = keyof Rpcs;

/** The calls that are answered by a stream of messages. */
export type StreamingRpcName = {
  [K in keyof typeof rpcs]: (typeof rpcs)[K] extends { readonly stream: true } ? K : never;
}[keyof typeof rpcs];

export const isStreaming = (rpc: RpcName): rpc is StreamingRpcName => "stream" in rpcs[rpc];
