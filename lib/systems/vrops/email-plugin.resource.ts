import { ProblemError } from "../../core/problem";
import type { PlanContext, Planned, Resource } from "../../terraform-plugin/resource";
import { vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import { desiredEmailPlugin, emailPluginState, LOGIN, portThatIsNoNumber } from "./email-plugin.mapping";
import { EMAIL_PLUGIN_TYPE, emailPluginSchema, type EmailPluginSchema } from "./email-plugin.schema";
import { emailPluginWords } from "./email-plugin.words";
import { portNotANumber, reportsNotAsked, wrongPluginType } from "./errors";
import { loginMayBeCredential } from "./plugin-login.errors";
import { credentialKinds, knowsNoUserName } from "./login-kept";
import { createPlugin } from "./plugin-create";
import { deletePlugin } from "./plugin-delete";
import { syncPlugin } from "./plugin-sync";
import { productVersion } from "./release";
import { sameThumbprint } from "./thumbprint";

/** `outbound_vrops_email_plugin`: the SMTP settings of vROps. */
export const emailPluginResource: Resource<EmailPluginSchema, VropsClient> = {
  schema: emailPluginSchema,

  async plan({ prior, planned }, context) {
    const username = planned?.username;
    if (typeof username === "string" && username !== prior?.username) await checkLoginIsSetting(planned!, context);
  },

  async create({ planned, config, save, ownership }, context) {
    context.redactor.add(config.password_wo);
    const state = (id: string) => ({ ...planned, id, password_wo: null });
    const { pluginId } = await createPlugin(
      desiredEmailPlugin(planned, config.password_wo),
      { ownership, adoptExisting: planned.adopt_existing, save: (id) => save(state(id)) },
      { ...context, plugins: context.client.emailPlugins, pluginTypes: context.client.pluginTypes },
    );
    return state(pluginId);
  },

  async read({ prior, imported }, context) {
    const { client, report } = context;
    const plugin = await client.emailPlugins.objects.find(prior.id!, context);
    if (plugin === undefined) return null;
    if (plugin.pluginTypeId !== EMAIL_PLUGIN_TYPE) {
      throw new ProblemError(wrongPluginType(plugin.name, plugin.pluginTypeId, EMAIL_PLUGIN_TYPE));
    }
    const strange = portThatIsNoNumber(plugin);
    if (strange !== undefined) report(portNotANumber(plugin.name, strange));
    return emailPluginState(plugin, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned, config }, context) {
    const { emailPlugins: plugins, pluginTypes } = context.client;
    context.redactor.add(config.password_wo);
    const id = prior.id!;
    const current = await plugins.objects.get(id, context.signal);
    if (current === undefined) throw new ProblemError(vanished(emailPluginWords, { name: prior.name, id }));
    // vROps shows neither of them, so only the plan knows that they changed.
    const force =
      prior.password_wo_version !== planned.password_wo_version ||
      pinChanged(prior.trusted_certificate_thumbprint, planned.trusted_certificate_thumbprint);
    await syncPlugin(current, desiredEmailPlugin(planned, config.password_wo), force, {
      ...context,
      plugins,
      pluginTypes,
    });
    return { ...planned, id, password_wo: null };
  },

  async delete({ prior: { name, id } }, { client, signal, report }) {
    await deletePlugin({ name, id: id! }, client.emailPlugins, client.rules, signal);
    // From 9.0 on vROps itself refuses to delete a plugin that a report uses.
    const release = await client.release(signal).catch(() => "");
    const [major = 0] = productVersion(release) ?? [];
    if (major > 0 && major < 9) report(reportsNotAsked(name, release));
  },
};

/** Warns where the type's description has no user name; silent when vROps cannot be reached. */
async function checkLoginIsSetting(
  { name }: Planned<EmailPluginSchema>,
  { connect, signal, report, log }: PlanContext<VropsClient>,
): Promise<void> {
  const client = await connect();
  if (client === undefined) return;
  try {
    const type = await client.pluginTypes.get(EMAIL_PLUGIN_TYPE, signal);
    if (knowsNoUserName(type, LOGIN)) {
      report(loginMayBeCredential(typeof name === "string" ? name : "", credentialKinds(type)));
    }
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    log.warn("the login is not checked against the plugin type", { because: error.message });
  }
}

/** Whether a new certificate must be accepted. A removed pin changes nothing: vROps keeps what was accepted. */
export function pinChanged(prior: string | null, planned: string | null): boolean {
  return planned !== null && (prior === null || !sameThumbprint(prior, planned));
}
