import type { Resource } from "../../terraform-plugin/resource";
import type { VropsClient } from "./client";
import { desiredEmailPlugin, EMAIL_PLUGIN_TYPE, emailPluginState } from "./email-plugin.mapping";
import { emailPluginSchema, type EmailPluginSchema } from "./email-plugin.schema";
import { wrongPluginType, vanished } from "./errors";
import { createPlugin } from "./plugin-create";
import { deletePlugin } from "./plugin-delete";
import { syncPlugin } from "./plugin-sync";
import { ProblemError } from "../../core/problem";
import { sameThumbprint } from "./thumbprint";

/** `outbound_vrops_email_plugin`: the SMTP settings of vROps. */
export const emailPluginResource: Resource<EmailPluginSchema, VropsClient> = {
  schema: emailPluginSchema,

  async create({ planned, config, save }, context) {
    context.redactor.add(config.password_wo);
    const state = (id: string) => ({ ...planned, id, password_wo: null });
    const id = await createPlugin(
      desiredEmailPlugin(planned, config.password_wo),
      {
        resourceType: emailPluginSchema.type,
        adoptExisting: planned.adopt_existing,
        save: (created) => save(state(created)),
      },
      context,
    );
    return state(id);
  },

  async read({ prior, imported }, { client, signal }) {
    const plugin = await client.plugins.find(prior.id!, signal);
    if (plugin === undefined) return null;
    if (plugin.pluginTypeId !== EMAIL_PLUGIN_TYPE) {
      throw new ProblemError(wrongPluginType(plugin.name, plugin.pluginTypeId, EMAIL_PLUGIN_TYPE));
    }
    return emailPluginState(plugin, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned, config }, context) {
    context.redactor.add(config.password_wo);
    const id = prior.id!;
    const current = await context.client.plugins.find(id, context.signal);
    if (current === undefined) throw new ProblemError(vanished("plugin", id));
    // Neither shows in what vROps answers, so only the plan can tell that they changed.
    const force =
      prior.password_wo_version !== planned.password_wo_version ||
      pinChanged(prior.trusted_certificate_thumbprint, planned.trusted_certificate_thumbprint);
    await syncPlugin(current, desiredEmailPlugin(planned, config.password_wo), force, context);
    return { ...planned, id, password_wo: null };
  },

  delete: ({ prior }, context) => deletePlugin(prior.id!, prior.name, context),
};

/** A pin taken away changes nothing in vROps: what was accepted stays accepted there. */
export function pinChanged(prior: string | null, planned: string | null): boolean {
  return planned !== null && (prior === null || !sameThumbprint(prior, planned));
}
