import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import type { Rule } from "./contract";
import {
  adopted,
  adoptedChanged,
  ambiguous,
  conflicting,
  ruleSwitchUnknown,
  unknownAlertDefinition,
  vanished,
} from "./errors";
import { changedRuleBody, newRuleBody, ruleDifferences, ruleState } from "./notification-rule.mapping";
import {
  notificationRuleSchema,
  type NotificationRuleSchema,
  type NotificationRuleState,
} from "./notification-rule.schema";

type Ctx = Context<VropsClient>;
type State = NotificationRuleState;

/** `outbound_vrops_notification_rule`: which alerts go to whom. */
export const notificationRuleResource: Resource<NotificationRuleSchema, VropsClient> = {
  schema: notificationRuleSchema,

  async create({ planned, save }, context) {
    const { claims } = context.client.rules;
    const written = await claims.making(planned.name, planned.name, () => ensure(planned, context));
    const state = stateAfterWrite(written, planned);
    save(state);
    await tellUnknownSwitch(written, planned, context);
    return state;
  },

  async read({ prior, imported }, { client, signal }) {
    const rule = await client.rules.find(prior.id!, signal);
    return rule === undefined ? null : ruleState(rule, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned }, context) {
    const { client, signal } = context;
    const fresh = await client.rules.get(prior.id!, signal);
    if (fresh === undefined) throw new ProblemError(vanished("rule", prior.id!));
    const written = await put(fresh, planned, context);
    await tellUnknownSwitch(written, planned, context);
    return stateAfterWrite(written, planned);
  },

  async delete({ prior }, { client, signal }) {
    await client.rules.delete(prior.id!, signal);
    client.rules.claims.release(prior.id!);
  },
};

/** Takes over the rule that is already there, or makes one. */
async function ensure(planned: State, context: Ctx): Promise<Rule> {
  const existing = await namesakes(planned.name, context);
  const equal = existing.find((rule) => ruleDifferences(rule, planned).length === 0);
  if (existing.length > 0) return takeOver(equal ?? only(existing, planned), planned, context);
  const created = await post(planned, context);
  context.client.rules.claims.take(created.id, planned.name);
  return created;
}

/** Posts; when the reply is lost, looks whether the rule is there before it says that it failed. */
async function post(planned: State, context: Ctx): Promise<Rule> {
  try {
    return await context.client.rules.create(newRuleBody(planned), context.signal);
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened) {
      const found = (await namesakes(planned.name, context).catch(() => [])).find(
        (rule) => ruleDifferences(rule, planned).length === 0,
      );
      if (found !== undefined) {
        context.log.info("the reply to the creation was lost, but the rule is there", { id: found.id });
        return found;
      }
    }
    throw translated(error, planned);
  }
}

async function put(fresh: Rule, planned: State, { client, signal }: Ctx): Promise<Rule> {
  try {
    return await client.rules.update(changedRuleBody(fresh, planned), signal);
  } catch (error) {
    throw translated(error, planned);
  }
}

async function takeOver(found: Rule, planned: State, context: Ctx): Promise<Rule> {
  const { client, report } = context;
  const differing = ruleDifferences(found, planned);
  if (differing.length > 0 && !planned.adopt_existing) {
    throw new ProblemError(conflicting("rule", notificationRuleSchema.type, planned.name, found.id, differing));
  }
  client.rules.claims.take(found.id, planned.name);
  if (differing.length === 0) {
    report(adopted("rule", notificationRuleSchema.type, planned.name, found.id));
    return found;
  }
  const written = await put(found, planned, context);
  report(adoptedChanged("rule", planned.name, found.id, differing));
  return written;
}

async function namesakes(name: string, { client, signal }: Ctx): Promise<Rule[]> {
  return (await client.rules.list(signal)).filter((rule) => rule.name === name);
}

function only(existing: readonly Rule[], planned: State): Rule {
  if (existing.length === 1) return existing[0]!;
  const ids = existing.map(({ id }) => id);
  throw new ProblemError(ambiguous("rule", notificationRuleSchema.type, planned.name, ids));
}

/** As planned, with what only vROps can tell. */
function stateAfterWrite(written: Rule, planned: State): State {
  return { ...planned, id: written.id, template_id: planned.template_id ?? written.templateId ?? null };
}

/** The one 404 of a write: a definition in the filter does not exist. */
function translated(error: unknown, planned: State): unknown {
  if (!(error instanceof CallError) || error.status !== 404 || !planned.alert_definition_ids?.length) return error;
  return new ProblemError(unknownAlertDefinition(planned.alert_definition_ids, error.problems[0]?.evidence ?? ""));
}

async function tellUnknownSwitch(written: Rule, planned: State, { client, signal, report }: Ctx): Promise<void> {
  if (planned.enabled || written.enabled === false) return;
  report(ruleSwitchUnknown(await client.release(signal).catch(() => "an old release")));
}
