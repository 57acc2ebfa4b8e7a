import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { createOrTakeOver } from "../kit/adoption";
import { vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import type { Rule } from "./contract";
import { ruleSwitchUnknown, unknownAlertDefinition } from "./errors";
import { changedRuleBody, newRuleBody, ruleDifferences, ruleState } from "./notification-rule.mapping";
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

  async create({ planned, save, ownership }, context) {
    const { client, signal, report } = context;
    const { name } = planned;
    const passing = ownership.passing().map(({ id }) => id);
    const held = await createOrTakeOver<Rule>(
      {
        words: ruleWords,
        name,
        idOf: ({ id }) => id,
        existing: () => client.rules.objects.named(name, signal, passing),
        differences: (rule) => ruleDifferences(rule, planned),
        adoptExisting: planned.adopt_existing,
        create: () => make(planned, (rule) => save(stateAfterWrite(rule, planned)), context),
        besides: ({ id }) => client.rules.objects.besides({ name, id }, signal),
        write: async (rule, differing) => (differing.length === 0 ? rule : put(rule.id, planned, context)),
        save: (rule) => save(stateAfterWrite(rule, planned)),
      },
      { ownership, report },
    );
    await tellUnknownSwitch(held, planned, context);
    return stateAfterWrite(held, planned);
  },

  async read({ prior, imported }, { client, signal }) {
    const rule = await client.rules.objects.find(prior.id!, signal);
    return rule === undefined ? null : ruleState(rule, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned }, context) {
    const written = await put(prior.id!, planned, context);
    await tellUnknownSwitch(written, planned, context);
    return stateAfterWrite(written, planned);
  },

  async delete({ prior: { name, id } }, { client, signal }) {
    await client.rules.objects.delete({ name, id: id! }, signal);
  },
};

/** Creates a rule and looks at what became of it. */
async function make(planned: State, save: (rule: Rule) => void, { client, signal }: Ctx): Promise<Rule> {
  const { objects } = client.rules;
  const { name } = planned;
  const wrong = (rule: Rule) => ruleDifferences(rule, planned);
  const created = await objects
    .create(name, { body: newRuleBody(planned) }, (rule) => wrong(rule).length === 0, signal)
    .catch((error: unknown) => {
      throw translated(error, planned);
    });
  save(created);
  const ref = { name, id: created.id };
  return objects.settled(ref, wrong, "creation", signal);
}

/** Reads the rule, writes it back with what is declared on top, and sees that it is kept. */
async function put(id: string, planned: State, { client: { rules }, signal }: Ctx): Promise<Rule> {
  const ref = { name: planned.name, id };
  const fresh = await rules.objects.get(id, signal);
  if (fresh === undefined) throw new ProblemError(vanished(ruleWords, ref));
  try {
    await rules.update(ref, changedRuleBody(fresh, planned), signal);
  } catch (error) {
    throw translated(error, planned);
  }
  return rules.objects.settled(ref, (rule) => ruleDifferences(rule, planned), "change", signal);
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
