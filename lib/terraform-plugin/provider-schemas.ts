import type { Action } from "./action";
import type { ProviderFunction } from "./function";
import type { ListResource } from "./resource";
import type { DataSource, EphemeralResource, Resource } from "./resource";
import type { FunctionSchemaInput, SchemaInput } from "./protocol";
import type { ProviderDefinition } from "./provider";
import { Registry } from "./registry";
import { identitySchemaMessage } from "./resource-identity";
import type { Schema } from "./schema";
import type { ProviderService } from "./service";
import { actionSchemaMessage, functionMessage, schemaMessage } from "./wire-schema";

const SERVER_CAPABILITIES = {
  // The provider also plans destroys, so that a resource can warn about one.
  plan_destroy: true,
  // Later processes of a run may skip GetProviderSchema: nothing here requires that it was called.
  get_provider_schema_optional: true,
  // `moved` blocks from other types; each resource says which ones.
  move_resource_state: true,
  // The configuration of imported objects.
  generate_resource_config: true,
};

/** All types of a provider, by kind. */
export interface ProviderTypes {
  readonly resources: Registry<Resource>;
  readonly dataSources: Registry<DataSource>;
  readonly ephemerals: Registry<EphemeralResource>;
  readonly actions: Registry<Action>;
  readonly lists: Registry<ListResource>;
  readonly functions: readonly ProviderFunction[];
}

export function typesOf(provider: ProviderDefinition): ProviderTypes {
  return {
    resources: new Registry(provider.resources),
    dataSources: new Registry(provider.dataSources),
    ephemerals: new Registry(provider.ephemeralResources ?? []),
    actions: new Registry(provider.actions ?? []),
    lists: new Registry(provider.listResources ?? []),
    functions: provider.functions ?? [],
  };
}

/** The calls that describe a provider: its types and their schemas. */
export function schemaHandlers(provider: ProviderDefinition, types: ProviderTypes) {
  const { resources, dataSources, ephemerals, actions, lists, functions } = types;
  return {
    async GetMetadata() {
      return {
        server_capabilities: SERVER_CAPABILITIES,
        diagnostics: [],
        resources: typeNames(resources),
        data_sources: typeNames(dataSources),
        functions: functions.map(({ name }) => ({ name })),
        ephemeral_resources: typeNames(ephemerals),
        actions: typeNames(actions),
        list_resources: typeNames(lists),
      };
    },

    async GetProviderSchema() {
      return {
        provider: schemaMessage({ attributes: provider.attributes, description: provider.description }),
        resource_schemas: schemaMessages(resources),
        data_source_schemas: schemaMessages(dataSources),
        ephemeral_resource_schemas: schemaMessages(ephemerals),
        action_schemas: Object.fromEntries(
          actions.all().map(({ schema }) => [schema.type, actionSchemaMessage(schema)]),
        ),
        list_resource_schemas: schemaMessages(lists),
        functions: functionMessages(functions),
        diagnostics: [],
        server_capabilities: SERVER_CAPABILITIES,
      };
    },

    async GetResourceIdentitySchemas() {
      const identities = resources.all().map(({ schema }) => [schema.type, identitySchemaMessage(schema)] as const);
      return { identity_schemas: Object.fromEntries(identities), diagnostics: [] };
    },

    async GetFunctions() {
      return { functions: functionMessages(functions), diagnostics: [] };
    },
  } satisfies ProviderService;
}

function typeNames(registry: Registry<{ readonly schema: Schema }>): { readonly type_name: string }[] {
  return registry.all().map(({ schema }) => ({ type_name: schema.type }));
}

function schemaMessages(registry: Registry<{ readonly schema: Schema }>): Record<string, SchemaInput> {
  return Object.fromEntries(registry.all().map(({ schema }) => [schema.type, schemaMessage(schema)]));
}

function functionMessages(functions: readonly ProviderFunction[]): Record<string, FunctionSchemaInput> {
  return Object.fromEntries(functions.map((one) => [one.name, functionMessage(one)]));
}
