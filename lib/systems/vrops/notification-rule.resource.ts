import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { UNKNOWN } from "../../terraform-plugin/values";
import { createOrTakeOver } from "../kit/adoption";
import { vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import type { NotificationRule } from "./contract";
import { EMAIL_PLUGIN_TYPE } from "./email-plugin.schema";
import { hiddenReceiversHere, noRuleProperty, ruleSwitchUnknown, unknownAlertDefinition } from "./errors";
import { changedRuleBody, holdsMore, newRuleBody, ruleDifferences, ruleState } from "./notification-rule.mapping";
import {
  NAMED_ATTRIBUTES,
  rulePropertyNames,
  TITLES,
  type NamedAttribute,
  type RulePropertyNames,
} from "./rule-property-names";
import {
  notificationRuleSchema,
  type NotificationRuleSchema,
  type NotificationRuleState,
} from "./notification-rule.schema";
import { ruleWords } from "./notification-rule.words";

type Ctx = Context<VropsClient>;
type State = NotificationRuleState;

/** `outbound_vrops_notification_rule`: which alerts go to whom. */
export const notificationRuleResource: Resource<NotificationRuleSchema, VropsClient> = {
  schema: notificationRuleSchema,

  async plan({ prior, planned }, context) {
    if (planned === null) return;
    // A new rule holds only what is declared. The next reading shows what an adopted one holds.
    if (prior === null) planned.other_receivers = null;
    const isNew = (one: NamedAttribute) => planned[one] !== null && (prior?.[one] ?? null) === null;
    // A declared receiver may have been one of the others before.
    const receives = isNew("cc_receivers") || isNew("bcc_receivers");
    if (prior !== null && prior.other_receivers !== null && receives) planned.other_receivers = UNKNOWN;
    const added = NAMED_ATTRIBUTES.filter(isNew);
    const client = added.length > 0 ? await context.connect() : undefined;
    if (client === undefined) return;
    await propertyNames(added, undefined, client, context.signal).catch((error: unknown) => {
      if (!(error instanceof CallError)) throw error;
      context.log.warn("rule properties are not checked against the plugin type", { because: error.message });
    });
  },

  async create({ planned, save, ownership }, context) {
    const { client, signal, report } = context;
    const { name } = planned;
    const names = await propertyNames(declared(planned), undefined, client, signal);
    const passing = ownership.passing().map(({ id }) => id);
    const held = await createOrTakeOver<NotificationRule>(
      {
        words: ruleWords,
        name,
        idOf: ({ id }) => id,
        existing: () => client.rules.objects.named(name, signal, passing),
        differences: (rule) => ruleDifferences(rule, planned, names),
        adoptExisting: planned.adopt_existing,
        create: () => make(planned, names, (rule) => save(stateAfterWrite(rule, planned)), context),
        besides: ({ id }) => client.rules.objects.besides({ name, id }, signal),
        write: async (rule, differing) => (differing.length === 0 ? rule : put(rule.id, planned, null, context)),
        save: (rule) => save(stateAfterWrite(rule, planned)),
      },
      { ownership, report },
    );
    await warnOfUnknownSwitch(held, planned, context);
    const hidden = ruleState(held, planned, names).other_receivers ?? [];
    if (hidden.length > 0) report(hiddenReceiversHere(name, hidden));
    return stateAfterWrite(held, planned);
  },

  async read({ prior, imported }, context) {
    const { client } = context;
    const rule = await client.rules.objects.find(prior.id!, context);
    if (rule === undefined) return null;
    const matters = holdsMore(rule) && (imported || declared(prior).length > 0);
    const type = matters ? await client.pluginTypes.get(EMAIL_PLUGIN_TYPE, context.signal) : undefined;
    return ruleState(rule, imported ? { timeouts: prior.timeouts } : prior, rulePropertyNames(type, rule), imported);
  },

  async update({ prior, planned }, context) {
    const written = await put(prior.id!, planned, prior, context);
    await warnOfUnknownSwitch(written, planned, context);
    const state = stateAfterWrite(written, planned);
    // Every plan keeps it, except one that could not know it.
    const isOpen = prior.other_receivers !== null && planned.other_receivers === null;
    if (!isOpen) return state;
    const names = rulePropertyNames(await context.client.pluginTypes.get(EMAIL_PLUGIN_TYPE, context.signal), written);
    return { ...state, other_receivers: ruleState(written, planned, names).other_receivers };
  },

  async delete({ prior: { name, id } }, { client, signal }) {
    await client.rules.objects.delete({ name, id: id! }, signal);
  },
};

/** Creates a rule and checks the result. */
async function make(
  planned: State,
  names: RulePropertyNames,
  save: (rule: NotificationRule) => void,
  { client, signal }: Ctx,
): Promise<NotificationRule> {
  const { objects } = client.rules;
  const { name } = planned;
  const wrong = (rule: NotificationRule) => ruleDifferences(rule, planned, names);
  const created = await objects
    .create(name, { body: newRuleBody(planned, names) }, (rule) => wrong(rule).length === 0, signal)
    .catch((error: unknown) => {
      throw translated(error, planned);
    });
  save(created);
  const ref = { name, id: created.id };
  return objects.settled(ref, wrong, "creation", signal);
}

/** Reads the rule, writes it back overlaid with the planned values, and checks that it is kept. */
async function put(
  id: string,
  planned: State,
  prior: State | null,
  { client, signal }: Ctx,
): Promise<NotificationRule> {
  const { rules } = client;
  const ref = { name: planned.name, id };
  const fresh = await rules.objects.get(id, signal);
  if (fresh === undefined) throw new ProblemError(vanished(ruleWords, ref));
  // A property that is no longer declared is removed where it has a name; one that the rule does not hold needs none.
  const once = prior === null ? [] : declared(prior);
  const names = await propertyNames(declared(planned), fresh, client, signal, once);
  try {
    await rules.update(ref, changedRuleBody(fresh, planned, prior, names), signal);
  } catch (error) {
    throw translated(error, planned);
  }
  return rules.objects.settled(ref, (rule) => ruleDifferences(rule, planned, names), "change", signal);
}

const declared = (state: Pick<State, NamedAttribute>) =>
  NAMED_ATTRIBUTES.filter((one) => (state[one] ?? null) !== null);

/**
 * The server's names for the attributes, read where any are needed; for the `wanted` ones they may be missing.
 *
 * @throws ProblemError `vrops/no-rule-property`
 */
async function propertyNames(
  attributes: readonly NamedAttribute[],
  rule: NotificationRule | undefined,
  client: VropsClient,
  signal: AbortSignal,
  wanted: readonly NamedAttribute[] = [],
): Promise<RulePropertyNames> {
  if (attributes.length + wanted.length === 0) return {};
  const type = await client.pluginTypes.get(EMAIL_PLUGIN_TYPE, signal);
  const names = rulePropertyNames(type, rule);
  const missing = attributes.filter((one) => names[one] === undefined);
  const known = (type?.["rule-properties"] ?? []).map(({ key }) => key);
  if (missing.length > 0) throw new ProblemError(...missing.map((one) => noRuleProperty(one, TITLES[one], known)));
  return names;
}

/** The planned state with the values that only vROps provides. */
function stateAfterWrite(written: NotificationRule, planned: State): State {
  return { ...planned, id: written.id, template_id: planned.template_id ?? written.templateId ?? null };
}

/** Explains the one 404 of a write: a definition in the filter does not exist. */
function translated(error: unknown, planned: State): unknown {
  if (!(error instanceof CallError) || error.status !== 404 || !planned.alert_definition_ids?.length) return error;
  return new ProblemError(unknownAlertDefinition(planned.alert_definition_ids, error.problems[0]?.evidence ?? ""));
}

async function warnOfUnknownSwitch(
  written: NotificationRule,
  planned: State,
  { client, signal, report }: Ctx,
): Promise<void> {
  if (planned.enabled || written.enabled === false) return;
  report(ruleSwitchUnknown(await client.release(signal).catch(() => "an old release")));
}
