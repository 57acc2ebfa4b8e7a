import { canonicalSet, type Value } from "../../terraform-plugin/values";
import type { ChangedRule, NewRule, NotificationRule } from "./contract";
import type { NotificationRuleState } from "./notification-rule.schema";
import { meaningOf, NAMED_ATTRIBUTES, type NamedAttribute, type RulePropertyNames } from "./rule-property-names";
import { without } from "../kit/without";
import { textOrNull } from "./email-plugin.mapping";

/** Rule properties that the attributes manage; others stay as they are. */
const PROPERTY = {
  receivers: "emailaddr",
  delay: "delay",
  resend: "resend",
  max: "maxNotify",
} as const;

const SEPARATOR = ";";

const KNOWN: ReadonlySet<string> = new Set(Object.values(PROPERTY));

/** The body of a new rule. */
export function newRuleBody(planned: NotificationRuleState, names: RulePropertyNames): NewRule {
  return overlay(
    {
      name: planned.name,
      pluginId: planned.plugin_id,
      ...(planned.template_id === null ? {} : { templateId: planned.template_id }),
    },
    namedProperties(planned, null, names),
    planned,
  );
}

/**
 * The body of an update: everything that the server holds, including unknown filters and properties, overlaid with the
 * planned values.
 */
export function changedRuleBody(
  fresh: NotificationRule,
  planned: NotificationRuleState,
  prior: NotificationRuleState | null,
  names: RulePropertyNames,
): ChangedRule {
  // The singular filter is deprecated; the plural replaces it.
  const held = without(fresh, "links", "resourceKindFilter");
  return {
    ...overlay(held as NewRule, namedProperties(planned, prior, names), planned),
    // Without one the server would return to the default template.
    templateId: planned.template_id ?? fresh.templateId,
    id: fresh.id,
  };
}

function overlay(base: NewRule, named: ReadonlyMap<string, string | null>, planned: NotificationRuleState): NewRule {
  return {
    ...base,
    name: planned.name,
    pluginId: planned.plugin_id,
    enabled: planned.enabled,
    // The schema's validators accept only the API's own words.
    criticalities: (planned.criticalities ?? []) as NewRule["criticalities"],
    alertStatuses: (planned.alert_statuses ?? []) as NewRule["alertStatuses"],
    alertControlStates: (planned.alert_control_states ?? []) as NewRule["alertControlStates"],
    resourceKindFilters: (planned.resource_kinds ?? []).map((kind) => ({
      adapterKind: kind.adapter_kind,
      resourceKind: kind.resource_kind,
    })),
    alertDefinitionIdFilters: { ...base.alertDefinitionIdFilters, values: planned.alert_definition_ids ?? [] },
    properties: properties(base, named, planned),
  };
}

/** The properties by the server's names: declared ones, and null for those that are no longer declared. */
function namedProperties(
  planned: NotificationRuleState,
  prior: NotificationRuleState | null,
  names: RulePropertyNames,
): Map<string, string | null> {
  const declared = NAMED_ATTRIBUTES.filter((one) => planned[one] !== null || (prior?.[one] ?? null) !== null);
  return new Map(
    declared.flatMap((attribute) => {
      const name = names[attribute];
      const value = planned[attribute];
      return name === undefined ? [] : [[name, (Array.isArray(value) ? joined(value) : value) || null] as const];
    }),
  );
}

function properties(
  base: NewRule,
  named: ReadonlyMap<string, string | null>,
  planned: NotificationRuleState,
): { name: string; value: string }[] {
  const ours = new Map<string, string | null>([
    ...named,
    [PROPERTY.receivers, joined(planned.receivers)],
    [PROPERTY.delay, text(planned.delay_minutes)],
    [PROPERTY.resend, text(planned.resend_minutes)],
    [PROPERTY.max, text(planned.max_notifications)],
  ]);
  const others = (base.properties ?? []).filter(({ name, value }) => !ours.has(name) && typeof value === "string");
  return [...others, ...[...ours].flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))];
}

/** The state of a rule. Where unset, empty and absent mean the same, the user's notation stays. */
export function ruleState(
  rule: NotificationRule,
  prior: Partial<NotificationRuleState>,
  names: RulePropertyNames = {},
  imported = false,
): NotificationRuleState {
  const held = new Map((rule.properties ?? []).map(({ name, value }) => [name, value ?? ""]));
  const isManaged = (attribute: NamedAttribute) => imported || (prior[attribute] ?? null) !== null;
  const named = (attribute: NamedAttribute) =>
    (isManaged(attribute) ? held.get(names[attribute] ?? "") : undefined) ?? "";
  const managed = NAMED_ATTRIBUTES.filter(isManaged).map((attribute) => names[attribute]);
  return {
    id: rule.id,
    name: rule.name,
    plugin_id: rule.pluginId,
    receivers: sorted(addresses(held.get(PROPERTY.receivers) ?? "")),
    cc_receivers: filter(addresses(named("cc_receivers")), prior.cc_receivers),
    bcc_receivers: filter(addresses(named("bcc_receivers")), prior.bcc_receivers),
    other_receivers: filter(hiddenReceivers(held, managed), null),
    description: textOrNull(named("description"), prior.description),
    // 8.10 does not return it.
    enabled: rule.enabled ?? prior.enabled ?? true,
    criticalities: filter(rule.criticalities, prior.criticalities),
    alert_statuses: filter(rule.alertStatuses, prior.alert_statuses),
    alert_control_states: filter(rule.alertControlStates, prior.alert_control_states),
    resource_kinds: kinds(rule, prior),
    alert_definition_ids: filter(rule.alertDefinitionIdFilters?.values, prior.alert_definition_ids),
    delay_minutes: minutes(held.get(PROPERTY.delay), prior.delay_minutes),
    resend_minutes: minutes(held.get(PROPERTY.resend), prior.resend_minutes),
    max_notifications: minutes(held.get(PROPERTY.max), prior.max_notifications),
    template_id: rule.templateId || prior.template_id || null,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

/** The differences between vROps and the declaration: `["a is 1, declared 2"]`. */
export function ruleDifferences(
  rule: NotificationRule,
  planned: NotificationRuleState,
  names: RulePropertyNames,
): string[] {
  const is = ruleState(rule, planned, names);
  return (Object.keys(planned) as (keyof NotificationRuleState)[])
    .filter((name) => !NOT_COMPARED.has(name) && !(name === "template_id" && planned.template_id === null))
    .map((name) => [name, comparable(is[name]), comparable(planned[name])] as const)
    .filter(([, found, declared]) => found !== declared)
    .map(([name, found, declared]) => `${name} is ${found}, declared ${declared}`);
}

const NOT_COMPARED: ReadonlySet<string> = new Set(["id", "other_receivers", "adopt_existing", "timeouts"]);

function comparable(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value ?? null);
  return JSON.stringify(canonicalSet(value as Value[]));
}

function filter(held: readonly string[] | null | undefined, prior: string[] | null | undefined): string[] | null {
  return held && held.length > 0 ? sorted(held) : prior?.length === 0 ? [] : null;
}

function kinds(rule: NotificationRule, prior: Partial<NotificationRuleState>): NotificationRuleState["resource_kinds"] {
  // The singular form is deprecated, but old rules have only that.
  const single = rule["resourceKindFilter"] as { adapterKind?: string; resourceKind?: string } | null | undefined;
  const held = rule.resourceKindFilters?.length
    ? rule.resourceKindFilters
    : single?.adapterKind && single.resourceKind
      ? [{ adapterKind: single.adapterKind, resourceKind: single.resourceKind }]
      : [];
  if (held.length === 0) return prior.resource_kinds?.length === 0 ? [] : null;
  // canonicalSet returns the objects that it was given; its type does not express that.
  return canonicalSet(
    held.map(({ adapterKind, resourceKind }) => ({ adapter_kind: adapterKind, resource_kind: resourceKind })),
  ) as unknown as NotificationRuleState["resource_kinds"];
}

/** The minutes of a property; the server's own "0" is no difference where nothing was declared. */
function minutes(held: string | undefined, prior: number | null | undefined): number | null {
  if (held === undefined || held === "" || !Number.isFinite(Number(held))) return null;
  return Number(held) === 0 && (prior === null || prior === undefined) ? null : Number(held);
}

const joined = (receivers: readonly string[]) => [...receivers].sort().join(SEPARATOR);

function addresses(list: string): string[] {
  return list
    .split(/[;,]/)
    .map((address) => address.trim())
    .filter((address) => address !== "");
}

/** Whether a rule holds properties that only the type's description may explain. */
export const holdsMore = ({ properties: held }: NotificationRule): boolean =>
  (held ?? []).some(({ name, value }) => !KNOWN.has(name) && Boolean(value));

/**
 * The addresses in properties that are not declared. vROps does not publish its names for Cc and Bcc, so every property that
 * holds only addresses counts, unless its name indicates something else.
 */
function hiddenReceivers(held: ReadonlyMap<string, string>, managed: readonly (string | undefined)[]): string[] {
  const lists = [...held].filter(
    ([name]) =>
      !KNOWN.has(name) &&
      !managed.includes(name) &&
      meaningOf(name) !== "description" &&
      !/sender|from|reply/i.test(name),
  );
  const found = lists
    .map(([, value]) => addresses(value))
    .filter((list) => list.every((one) => /^[^\s@]+@[^\s@]+$/.test(one)));
  return [...new Set(found.flat())];
}

const text = (value: number | null) => (value === null ? null : String(value));

const sorted = (values: readonly string[]) => canonicalSet([...values]) as string[];
