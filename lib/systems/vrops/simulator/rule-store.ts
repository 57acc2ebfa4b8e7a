import { changedRule, newRule, type NewRule } from "../contract";
import { checked } from "../../kit/simulator/checked";
import { pageOf } from "../../kit/simulator/pages";
import { Refusal } from "../../kit/simulator/refusal";
import type { Table } from "../../kit/simulator/table";
import { traits, type VropsSimulatorOptions } from "./options";
import type { PluginStore } from "./plugin-store";
import { PLUGIN_TYPES } from "./plugin-types";
import { internalError, invalidBody, nameTaken, notFound } from "./refusal";

export type StoredRule = NewRule & { readonly id: string };

/** The alert definitions that every installation has. */
const DEFINITIONS = [
  "VMWARE-Datastore-NotEnoughIOPS",
  "AlertDefinition-VMWARE-HostCPUContention",
  "AlertDefinition-VMWARE-VMMemoryContention",
  "AlertDefinition-VMWARE-DatastoreOutOfSpace",
];
const DEFAULT_TEMPLATE = "d3139f94-3f04-420c-ab71-ba447be0f687";

/** The notification rules, with the vendor's rules about them. */
export class RuleStore {
  constructor(
    readonly rules: Table<StoredRule>,
    private readonly options: VropsSimulatorOptions,
    private readonly plugins: PluginStore,
    private readonly newId: () => string,
  ) {}

  list(page: number, pageSize: number) {
    const all = this.rules.list();
    return {
      pageInfo: { page, pageSize, totalCount: all.length },
      links: [],
      rules: pageOf(all, { offset: page * pageSize, limit: pageSize }),
    };
  }

  ofPlugin(pluginId: string): StoredRule[] {
    return this.rules.list((rule) => rule.pluginId === pluginId);
  }

  get(id: string): StoredRule {
    const rule = this.rules.get(id);
    if (!rule) throw notFound(`Notification rule "${id}" does not exist.`);
    return rule;
  }

  create(body: unknown): StoredRule {
    return this.store(this.newId(), checked(newRule, body, invalidBody));
  }

  /** Replaces the whole rule: omitted members are removed. */
  update(body: unknown): StoredRule {
    const request = checked(changedRule, body, invalidBody);
    return this.store(this.get(request.id).id, request);
  }

  private store(id: string, request: NewRule): StoredRule {
    this.check(request);
    const taken = this.rules.list((rule) => rule.name === request.name && rule.id !== id).length > 0;
    if (taken && this.options.uniqueNames) throw nameTaken(422, `notification rule "${request.name}"`);
    const stored: StoredRule = {
      alertControlStates: [],
      alertStatuses: [],
      criticalities: [],
      resourceKindFilters: [],
      resourceFilters: [],
      alertTypeFilters: [],
      alertDefinitionIdFilters: { values: [] },
      sendHeartbeat: false,
      ruleType: "ALERT",
      actionStatuses: [],
      ...dropNulls(request),
      templateId: request.templateId ?? DEFAULT_TEMPLATE,
      enabled: request.enabled ?? true,
      id,
    };
    if (!traits(this.options.version).knowsRuleSwitch) delete stored.enabled;
    return this.rules.set(id, stored);
  }

  private check(request: NewRule): void {
    const plugin = this.plugins.plugins.get(request.pluginId);
    if (!plugin) {
      throw new Refusal(422, {
        message: "Invalid notification rule.",
        httpStatusCode: 422,
        validationFailures: [{ failureMessage: `Unknown plugin ${request.pluginId}`, violationPath: "pluginId" }],
      });
    }
    const properties = new Map((request.properties ?? []).map(({ name, value }) => [name, value]));
    for (const property of PLUGIN_TYPES[plugin.pluginTypeId]?.["rule-properties"] ?? []) {
      const value = properties.get(property.key);
      if (property.required && !value) throw internalError(`property key is required: ${property.key}`);
      if (property.dataType === "INTEGER" && value !== undefined && !/^\d+$/.test(value)) {
        throw internalError(`property ${property.key} is not a number: ${value}`);
      }
    }
    for (const id of request.alertDefinitionIdFilters?.values ?? []) {
      if (![...DEFINITIONS, ...this.options.alertDefinitions].includes(id)) {
        throw notFound(`No alert definition found with id "${id}".`);
      }
    }
  }
}

function dropNulls<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)) as T;
}
