import * as z from "../../../core/zod";
import type { SimulatedMailer } from "./mailer";
import type { PluginStore } from "./plugin-store";
import { descriptionOf, receiversOf, type RulePropertyForm } from "./rule-properties";
import type { RuleStore, StoredRule } from "./rule-store";

/** An alert to raise, as the `raise-alert` intervention takes it. */
export const raisedAlert = z.object({
  definition: z._default(z.string(), "VMWARE-Datastore-NotEnoughIOPS"),
  criticality: z._default(z.enum(["INFORMATION", "WARNING", "IMMEDIATE", "CRITICAL"]), "CRITICAL"),
  status: z._default(z.enum(["NEW", "ACTIVE", "UPDATED", "CANCELED"]), "NEW"),
  controlState: z._default(z.enum(["OPEN", "ASSIGNED", "SUSPENDED", "SUPPRESSED"]), "OPEN"),
  adapterKind: z._default(z.string(), "VMWARE"),
  resourceKind: z._default(z.string(), "Datastore"),
  resourceName: z._default(z.string(), "datastore-01"),
});
export type RaisedAlert = z.infer<typeof raisedAlert>;

export interface AlertOutcome {
  readonly rule: string;
  readonly plugin: string;
  readonly receivers: readonly string[];
  readonly messageId?: string;
  readonly failure?: string;
}

/** Raises an alert like the rule engine: every matching rule mails it to its receivers. */
export async function raiseAlert(
  alert: RaisedAlert,
  {
    rules,
    plugins,
    mailer,
    form,
  }: { rules: RuleStore; plugins: PluginStore; mailer: SimulatedMailer; form: RulePropertyForm },
): Promise<AlertOutcome[]> {
  const outcomes: AlertOutcome[] = [];
  for (const rule of rules.rules.list()) {
    const plugin = plugins.plugins.get(rule.pluginId);
    if (!plugin?.enabled || !matches(rule, alert)) continue;
    const receivers = receiversOf(rule.properties, form);
    const description = descriptionOf(rule.properties, form);
    const outcome = await mailer.send(plugins.settings(plugin), {
      to: receivers,
      subject: `[vROps] ${alert.status} ${alert.criticality} alert on ${alert.resourceName}`,
      text: [
        `Alert Definition: ${alert.definition}`,
        `Object: ${alert.resourceName} (${alert.adapterKind} ${alert.resourceKind})`,
        `Criticality: ${alert.criticality}`,
        `Status: ${alert.status}`,
        `Rule: ${rule.name}`,
        ...(description === undefined ? [] : [`Description: ${description}`]),
      ].join("\n"),
    });
    outcomes.push({
      rule: rule.name,
      plugin: plugin.name,
      receivers,
      ...("failure" in outcome ? outcome : { messageId: outcome.messageId }),
    });
  }
  return outcomes;
}

/** Whether a rule takes an alert; an empty filter accepts everything. */
function matches(rule: StoredRule, alert: RaisedAlert): boolean {
  const passes = (filter: readonly string[] | null | undefined, value: string) =>
    !filter?.length || filter.includes(value);
  const kinds = rule.resourceKindFilters ?? [];
  return (
    rule.enabled !== false &&
    passes(rule.criticalities, alert.criticality) &&
    passes(rule.alertStatuses, alert.status) &&
    passes(rule.alertControlStates, alert.controlState) &&
    passes(rule.alertDefinitionIdFilters?.values, alert.definition) &&
    (kinds.length === 0 ||
      kinds.some((kind) => kind.adapterKind === alert.adapterKind && kind.resourceKind === alert.resourceKind))
  );
}
