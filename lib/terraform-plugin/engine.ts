import { systemClock, type Clock } from "../core/clock";
import { KeyedMutex } from "../core/keyed-mutex";
import type { Logger } from "../core/log";
import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import { diagnosticMessages, problemsOf } from "./diagnostics";
import { readDynamicValue } from "./dynamic-value";
import type { ProviderFunction } from "./function";
import { MemoryLedgers, type Ledger } from "./ownership/ledger";
import { Ownership } from "./ownership/ownership";
import type { DynamicValue, FunctionSchemaInput, SchemaInput } from "./protocol";
import type { Schema, StateOf } from "./schema";
import type { ProviderDefinition } from "./provider";
import { learnSecrets, Registry, type Engine } from "./registry";
import type { ProviderService } from "./service";
import { ReportedErrors } from "./reported-errors";
import { validateAttributes } from "./validate";
import { isObject, type ValueObject } from "./values";
import { apply } from "./verbs/apply";
import { callFunction } from "./verbs/call-function";
import { invokeAction, planAction } from "./verbs/action";
import { generateConfig } from "./verbs/generate-config";
import { importState } from "./verbs/import";
import { list } from "./verbs/list";
import { move } from "./verbs/move";
import { identitySchemaMessage } from "./resource-identity";
import { openEphemeral, readDataSource } from "./verbs/open";
import { plan } from "./verbs/plan";
import { read } from "./verbs/read";
import { upgrade } from "./verbs/upgrade";
import { upgradeIdentity } from "./verbs/upgrade-identity";
import { validate } from "./verbs/validate";
import { actionSchemaMessage, functionMessage, objectType, schemaMessage } from "./wire-schema";

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

export interface EngineOptions {
  readonly log: Logger;
  readonly redactor: Redactor;
  /**
   * Opens the ledger of the run, once for each configuration of the provider.
   *
   * @default one in memory, which knows nothing of other walks
   */
  readonly openLedger?: () => Ledger;
  /** Whether the run refreshes; false with `-refresh=false`. @default true */
  readonly refreshes?: () => boolean;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** Creates the service for Terraform's RPCs from a provider's definition. */
export function createProviderService(
  definition: ProviderDefinition<never, never>,
  options: EngineOptions,
): ProviderService {
  // The engine passes the provider and its clients on without looking at them, so their types do not matter here.
  const provider = definition as unknown as ProviderDefinition;
  const { log, redactor, clock = systemClock, refreshes = () => true } = options;
  const openLedger = options.openLedger ?? ledgerInMemory();
  const engine: Engine = {
    definition: provider,
    log,
    redactor,
    provider: undefined,
    ownership: undefined,
    told: new ReportedErrors(),
    refreshes,
    creations: new KeyedMutex(),
  };
  const resources = new Registry(provider.resources);
  const dataSources = new Registry(provider.dataSources);
  const ephemerals = new Registry(provider.ephemeralResources ?? []);
  const actions = new Registry(provider.actions ?? []);
  const lists = new Registry(provider.listResources ?? []);
  const functions = provider.functions ?? [];

  const providerType = objectType(provider.attributes);

  const decodeProviderConfig = (message: DynamicValue | null): ValueObject => {
    const value = readDynamicValue(providerType, message);
    const config = isObject(value) ? value : {};
    learnSecrets(engine.redactor, provider.attributes, config);
    return config;
  };

  return {
    async GetMetadata() {
      return {
        server_capabilities: SERVER_CAPABILITIES,
        diagnostics: [],
        resources: resources.all().map(({ schema }) => ({ type_name: schema.type })),
        data_sources: dataSources.all().map(({ schema }) => ({ type_name: schema.type })),
        functions: functions.map(({ name }) => ({ name })),
        ephemeral_resources: ephemerals.all().map(({ schema }) => ({ type_name: schema.type })),
        actions: actions.all().map(({ schema }) => ({ type_name: schema.type })),
        list_resources: lists.all().map(({ schema }) => ({ type_name: schema.type })),
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

    async ValidateProviderConfig({ config }) {
      const problems = validateAttributes(provider.attributes, decodeProviderConfig(config), []);
      return {
        diagnostics: diagnosticMessages(
          problems,
          provider.attributes,
          engine.redactor,
          provider.nameOfSetting,
          provider.terraformCommand,
        ),
      };
    },

    async ConfigureProvider({ config, terraform_version }, call) {
      const warnings: Problem[] = [];
      const shown = (problems: readonly Problem[]) =>
        diagnosticMessages(
          problems,
          provider.attributes,
          engine.redactor,
          provider.nameOfSetting,
          provider.terraformCommand,
        );
      try {
        engine.provider = provider.configure(decodeProviderConfig(config) as StateOf<Schema>, {
          terraformVersion: terraform_version,
          signal: call.signal,
          log: engine.log,
          redactor: engine.redactor,
          report: (warning) => warnings.push(warning),
        });
        // Terraform configures once; another client may do so again.
        engine.ownership?.close();
        engine.ownership = new Ownership(openLedger, clock);
        engine.told = new ReportedErrors();
        return { diagnostics: shown(warnings) };
      } catch (error) {
        return { diagnostics: shown([...warnings, ...problemsOf(error, "configure the provider")]) };
      }
    },

    async ValidateResourceConfig({ type_name, config, client_capabilities }) {
      const allowed = client_capabilities?.write_only_attributes_allowed === true;
      return validate(engine, resources.get(type_name), config, allowed);
    },
    async ValidateDataResourceConfig({ type_name, config }) {
      return validate(engine, dataSources.get(type_name), config, true);
    },
    async ValidateEphemeralResourceConfig({ type_name, config }) {
      return validate(engine, ephemerals.get(type_name), config, true);
    },

    async ValidateActionConfig({ type_name, config }) {
      return validate(engine, actions.get(type_name), config, true);
    },
    async PlanAction(request, call) {
      return planAction(engine, actions.get(request.action_type), request, call);
    },
    InvokeAction(request, call) {
      return invokeAction(engine, actions.get(request.action_type), request.config, call);
    },
    async ValidateListResourceConfig({ type_name, config }) {
      return validate(engine, lists.get(type_name), config, true);
    },

    async UpgradeResourceState({ type_name, version, raw_state }) {
      return upgrade(engine, resources.get(type_name), Number(version), raw_state);
    },
    async UpgradeResourceIdentity({ type_name, version, raw_identity }) {
      return upgradeIdentity(engine, resources.get(type_name), Number(version), raw_identity);
    },
    async ReadResource(request, call) {
      return read(engine, resources.get(request.type_name), request, call);
    },
    async PlanResourceChange(request, call) {
      return plan(engine, resources.get(request.type_name), request, call);
    },
    async ApplyResourceChange(request, call) {
      return apply(engine, resources.get(request.type_name), request, call);
    },
    async ImportResourceState(request, call) {
      return importState(engine, resources.get(request.type_name), request, call);
    },

    async MoveResourceState(request) {
      return move(engine, resources.get(request.target_type_name), request);
    },

    async GenerateResourceConfig({ type_name, state }) {
      return generateConfig(engine, resources.get(type_name), state);
    },
    ListResource(request, call) {
      return list(engine, lists.get(request.type_name), resources.get(request.type_name), request, call);
    },

    async ReadDataSource({ type_name, config }, call) {
      return readDataSource(engine, dataSources.get(type_name), config, call);
    },
    async OpenEphemeralResource({ type_name, config }, call) {
      return openEphemeral(engine, ephemerals.get(type_name), config, call);
    },
    async CloseEphemeralResource() {
      return { diagnostics: [] };
    },

    async GetFunctions() {
      return { functions: functionMessages(functions), diagnostics: [] };
    },
    async CallFunction(request) {
      return callFunction(engine, functions, request);
    },

    close() {
      engine.ownership?.close();
    },
  };
}

function ledgerInMemory(): () => Ledger {
  const ledgers = new MemoryLedgers();
  let opened = 0;
  return () => ledgers.open("this", `0.${++opened}`);
}

function schemaMessages(registry: Registry<{ readonly schema: Schema }>): Record<string, SchemaInput> {
  return Object.fromEntries(registry.all().map(({ schema }) => [schema.type, schemaMessage(schema)]));
}

function functionMessages(functions: readonly ProviderFunction[]): Record<string, FunctionSchemaInput> {
  return Object.fromEntries(functions.map((one) => [one.name, functionMessage(one)]));
}
