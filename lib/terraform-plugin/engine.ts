import { systemClock, type Clock } from "../core/clock";
import { KeyedMutex } from "../core/keyed-mutex";
import type { Logger } from "../core/log";
import type { Redactor } from "../core/redaction";
import { MemoryLedgers, type Ledger } from "./ownership/ledger";
import type { ProviderDefinition } from "./provider";
import { schemaHandlers, typesOf, type ProviderTypes } from "./provider-schemas";
import type { Engine } from "./registry";
import { ReportedErrors } from "./reported-errors";
import type { ProviderService } from "./service";
import { invokeAction, planAction } from "./verbs/action";
import { apply } from "./verbs/apply";
import { callFunction } from "./verbs/call-function";
import { configurationHandlers } from "./verbs/configure";
import { generateConfig } from "./verbs/generate-config";
import { importState } from "./verbs/import";
import { list } from "./verbs/list";
import { move } from "./verbs/move";
import { openEphemeral, readDataSource } from "./verbs/open";
import { plan } from "./verbs/plan";
import { read } from "./verbs/read";
import { upgrade } from "./verbs/upgrade";
import { upgradeIdentity } from "./verbs/upgrade-identity";
import { validate } from "./verbs/validate";

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
  /** Called when the provider is configured and has loaded what its first calls need. @default nothing happens */
  readonly onPrepared?: () => void;
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
  const { log, redactor, clock = systemClock, refreshes = () => true, openLedger = ledgerInMemory() } = options;
  const engine: Engine = {
    definition: provider,
    log,
    redactor,
    provider: undefined,
    ownership: undefined,
    reportedErrors: new ReportedErrors(),
    refreshes,
    creations: new KeyedMutex(),
  };
  const types = typesOf(provider);
  return {
    ...schemaHandlers(provider, types),
    ...configurationHandlers(engine, { openLedger, clock, onPrepared: options.onPrepared }),
    ...resourceHandlers(engine, types),
    ...otherHandlers(engine, types),
    close: () => engine.ownership?.close(),
  };
}

/** The calls about resources, which have a plan and a state. */
function resourceHandlers(engine: Engine, { resources }: ProviderTypes) {
  return {
    async ValidateResourceConfig({ type_name, config, client_capabilities }) {
      const allowed = client_capabilities?.write_only_attributes_allowed === true;
      return validate(engine, resources.get(type_name), config, allowed);
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
  } satisfies ProviderService;
}

/** The calls about everything that only reads or acts. */
function otherHandlers(engine: Engine, types: ProviderTypes) {
  const { resources, dataSources, ephemerals, actions, lists, functions } = types;
  return {
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

    async CallFunction(request) {
      return callFunction(engine, functions, request);
    },
  } satisfies ProviderService;
}

function ledgerInMemory(): () => Ledger {
  const ledgers = new MemoryLedgers();
  let opened = 0;
  return () => ledgers.open("this", `0.${++opened}`);
}
