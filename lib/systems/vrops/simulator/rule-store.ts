import { changedRule, newRule, type NewRule } from "../contract";
import { traits, type VropsSimulatorOptions } from "./options";
import type { PluginStore } from "./plugin-store";
import { PLUGIN_TYPES } from "./plugin-types";
import { internalError, invalidBody, notFound, Refusal } from "./refusal";

export type StoredRule = NewRule & { readonly id: string };

/** Alert definitions every installation has. */
const DEFINITIONS = [
  "VMWARE-Datastore-NotEnoughIOPS",
  "AlertDefinition-VMWARE-HostCPUContention",
  "AlertDefinition-VMWARE-VMMemoryContention",
  "AlertDefinition-VMWARE-DatastoreOutOfSpace",
];
const DEFAULT_TEMPLATE = "d3139f94-3f04-420c-ab71-ba447be0f687";

/** The notification rules, with the vendor's rules about them. */
export class RuleStore {
  readonly rules = new Map<string, StoredRule>();

  constructor(
    private readonly options: VropsSimulatorOptions,
    private readonly plugins: PluginStore,
    private readonly newId: () => string,
  ) {}

  list(page: number, pageSize: number) {
    const all = [...this.rules.values()];
    return {
      pageInfo: { page, pageSize, totalCount: all.length },
      links: [],
      rules: all.slice(page * pageSize, (page + 1) * pageSize),
    };
  }

  ofPlugin(pluginId: string): StoredRule[] {
    return [...this.rules.values()].filter((rule) => rule.pluginId === pluginId);
  }

  get(id: string): StoredRule {
    const rule = this.rules.get(id);
    if (!rule) throw notFound(`Notification rule "${id}" does not exist.`);
    return rule;
  }

  create(body: unknown): StoredRule {
    const parsed = newRule.safeParse(body);
    if (!parsed.success) throw invalidBody(422, parsed.error);
    return this.store(this.newId(), parsed.data);
  }

  /** Replaces the whole rule: what the body leaves out is gone. */
  update(body: unknown): StoredRule {
    const parsed = changedRule.safeParse(body);
    if (!parsed.success) throw invalidBody(422, parsed.error);
    this.get(parsed.data.id);
    return this.store(parsed.data.id, parsed.data);
  }

  private store(id: string, request: NewRule): StoredRule {
    this.check(request);
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
    this.rules.set(id, stored);
    return stored;
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
