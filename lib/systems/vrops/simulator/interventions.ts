import * as z from "../../../core/zod";
import { intervention, theOne, type Interventions } from "../../kit/simulator/interventions";
import { raiseAlert, raisedAlert } from "./alerts";
import type { SimulatedMailer } from "./mailer";
import type { PluginStore, StoredPlugin } from "./plugin-store";
import type { Table } from "../../kit/simulator/table";
import type { RulePropertyForm } from "./rule-properties";
import type { RuleStore, StoredRule } from "./rule-store";
import type { Tokens } from "./tokens";

interface Parts {
  readonly plugins: PluginStore;
  readonly rules: RuleStore;
  readonly tokens: Tokens;
  readonly mailer: SimulatedMailer;
  readonly form: RulePropertyForm;
  readonly reports: Table<ReportSchedule>;
}

/** A report that is mailed regularly. Only its use of a plugin is simulated. */
export interface ReportSchedule {
  readonly name: string;
  readonly emailPluginId?: string;
}

/** The object, by id or name; if omitted, the only one there is. */
const which = z.object({ id: z.optional(z.string()), name: z.optional(z.string()) });
const pluginEdit = z.extend(which, {
  newName: z.optional(z.string()),
  description: z.optional(z.string()),
  /** Settings by key; null removes one. */
  configValues: z._default(z.record(z.string(), z.nullable(z.string())), {}),
});
const credentialChoice = z.extend(which, { userName: z.string(), password: z.string() });
const schedule = z.extend(which, { report: z._default(z.string(), "Capacity, weekly") });
const ruleEdit = z.extend(which, { set: z.record(z.string(), z.unknown()) });

/** The changes of vROps behind Terraform's back. */
export function interventions(parts: Parts): Interventions {
  const { plugins, rules, tokens } = parts;
  const plugin = (wanted: z.output<typeof which>): StoredPlugin =>
    theOne(plugins.plugins.list(), wanted, ({ pluginId: id, name }) => ({ id, name }), "plugin");
  const rule = (wanted: z.output<typeof which>): StoredRule => theOne(rules.rules.list(), wanted, (it) => it, "rule");
  return {
    "edit-plugin": intervention(pluginEdit, ({ newName, description, configValues, ...wanted }) => {
      const target = plugin(wanted);
      const kept = [...target.values].filter(([key]) => configValues[key] === undefined);
      const set = Object.entries(configValues).filter((pair): pair is [string, string] => pair[1] !== null);
      const edited = plugins.edit(target, {
        ...(newName === undefined ? {} : { name: newName }),
        ...(description === undefined ? {} : { description }),
        values: new Map([...kept, ...set]),
      });
      return plugins.wire(edited);
    }),
    "delete-plugin": intervention(which, (wanted) => {
      const { pluginId } = plugin(wanted);
      for (const dependent of rules.ofPlugin(pluginId)) rules.rules.delete(dependent.id);
      plugins.plugins.delete(pluginId);
      return { deleted: pluginId };
    }),
    "disable-plugin": intervention(which, (wanted) => plugins.wire(plugins.edit(plugin(wanted), { enabled: false }))),
    "give-credential": intervention(credentialChoice, ({ userName, password, ...wanted }) =>
      plugins.wire(plugins.giveCredential(plugin(wanted), { userName, password })),
    ),
    "schedule-report": intervention(schedule, ({ report, ...wanted }) =>
      parts.reports.set(report, { name: report, emailPluginId: plugin(wanted).pluginId }),
    ),
    "edit-rule": intervention(ruleEdit, ({ set, ...wanted }) => {
      const target = rule(wanted);
      return rules.rules.set(target.id, { ...target, ...set, id: target.id });
    }),
    "delete-rule": intervention(which, (wanted) => {
      const { id } = rule(wanted);
      rules.rules.delete(id);
      return { deleted: id };
    }),
    "expire-tokens": () => ({ expired: tokens.expireAll() }),
    "raise-alert": intervention(raisedAlert, (alert) => raiseAlert(alert, parts)),
  };
}
