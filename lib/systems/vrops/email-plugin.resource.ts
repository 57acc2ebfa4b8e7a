import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { vanished } from "../kit/problems";
import type { VropsClient } from "./client";
import { desiredEmailPlugin, emailPluginState, portThatIsNoNumber } from "./email-plugin.mapping";
import { EMAIL_PLUGIN_TYPE, emailPluginSchema, type EmailPluginSchema } from "./email-plugin.schema";
import { emailPluginWords } from "./email-plugin.words";
import { portNotANumber, wrongPluginType } from "./errors";
import { createPlugin } from "./plugin-create";
import { deletePlugin } from "./plugin-delete";
import { syncPlugin } from "./plugin-sync";
import { sameThumbprint } from "./thumbprint";

/** `outbound_vrops_email_plugin`: the SMTP settings of vROps. */
export const emailPluginResource: Resource<EmailPluginSchema, VropsClient> = {
  schema: emailPluginSchema,

  async create({ planned, config, save, ownership }, context) {
    context.redactor.add(config.password_wo);
    const state = (id: string) => ({ ...planned, id, password_wo: null });
    const { pluginId } = await createPlugin(
      desiredEmailPlugin(planned, config.password_wo),
      { ownership, adoptExisting: planned.adopt_existing, save: (id) => save(state(id)) },
      { ...context, plugins: context.client.emailPlugins },
    );
    return state(pluginId);
  },

  async read({ prior, imported }, { client, signal, report }) {
    const plugin = await client.emailPlugins.objects.find(prior.id!, signal);
    if (plugin === undefined) return null;
    if (plugin.pluginTypeId !== EMAIL_PLUGIN_TYPE) {
      throw new ProblemError(wrongPluginType(plugin.name, plugin.pluginTypeId, EMAIL_PLUGIN_TYPE));
    }
    const strange = portThatIsNoNumber(plugin);
    if (strange !== undefined) report(portNotANumber(plugin.name, strange));
    return emailPluginState(plugin, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned, config }, context) {
    const { emailPlugins: plugins } = context.client;
    context.redactor.add(config.password_wo);
    const id = prior.id!;
    const current = await plugins.objects.get(id, context.signal);
    if (current === undefined) throw new ProblemError(vanished(emailPluginWords, { name: prior.name, id }));
    // Neither shows in what vROps answers, so only the plan can tell that they changed.
    const force =
      prior.password_wo_version !== planned.password_wo_version ||
      pinChanged(prior.trusted_certificate_thumbprint, planned.trusted_certificate_thumbprint);
    await syncPlugin(current, desiredEmailPlugin(planned, config.password_wo), force, { ...context, plugins });
    return { ...planned, id, password_wo: null };
  },

  delete: ({ prior: { name, id } }, { client, signal }) =>
    deletePlugin({ name, id: id! }, client.emailPlugins, client.rules, signal),
};

/** A pin taken away changes nothing in vROps: what was accepted stays accepted there. */
export function pinChanged(prior: string | null, planned: string | null): boolean {
  return planned !== null && (prior === null || !sameThumbprint(prior, planned));
}
