import { collection, itemOf, type InventoryContext, type InventorySource, smtpPassword } from "../kit/inventory";
import type { VropsClient } from "./client";
import type { Plugin } from "./contract";
import { valuesOf } from "./desired-plugin";
import { emailPluginResource } from "./email-plugin.resource";
import { EMAIL_PLUGIN_TYPE, emailPluginSchema } from "./email-plugin.schema";
import { notificationRuleResource } from "./notification-rule.resource";
import { notificationRuleSchema } from "./notification-rule.schema";
import { isSecret } from "./plugin.mapping";
import { pluginResource } from "./plugin.resource";
import { pluginSchema } from "./plugin.schema";

/** The inventory of outbound plugins, those for e-mail separate from all others, and of notification rules. */
export const inventory: InventorySource<VropsClient> = {
  list: (client, _, context) => {
    const { signal } = context;
    const plugins = async (email: boolean) =>
      (await client.plugins.objects.list(signal)).filter(
        ({ pluginTypeId }) => (pluginTypeId === EMAIL_PLUGIN_TYPE) === email,
      );
    return Promise.all([
      collection(emailPluginSchema, "e-mail plugins", context, async () =>
        Promise.all((await plugins(true)).map((plugin) => emailPlugin(client, plugin, context))),
      ),
      collection(pluginSchema, "other outbound plugins", context, async () =>
        Promise.all((await plugins(false)).map((plugin) => otherPlugin(client, plugin, context))),
      ),
      collection(notificationRuleSchema, "notification rules", context, async () => {
        // Rules without receivers belong to plugins that do not send mail; they cannot be declared.
        const email = new Set((await plugins(true)).map(({ pluginId }) => pluginId));
        const rules = (await client.rules.objects.list(signal)).filter(({ pluginId }) => email.has(pluginId));
        return Promise.all(
          rules.map(({ id, name }) =>
            itemOf(
              notificationRuleResource,
              client,
              id,
              (state) => ({ name, receivers: (state["receivers"] ?? []) as string[] }),
              context,
            ),
          ),
        );
      }),
    ]);
  },
};

const emailPlugin = (client: VropsClient, { pluginId, name }: Plugin, context: InventoryContext) =>
  itemOf(emailPluginResource, client, pluginId, (state) => ({ name, secrets: smtpPassword(state) }), context);

async function otherPlugin(client: VropsClient, plugin: Plugin, context: InventoryContext) {
  const type = await client.pluginTypes.get(plugin.pluginTypeId, context.signal);
  const shown = [...valuesOf(plugin)].filter(([key, value]) => value !== "" && isSecret(type, key)).map(([key]) => key);
  // A required setting that is not shown exists nevertheless, or the plugin would not.
  const required = (type?.properties ?? [])
    .filter(({ key, required: needed }) => needed === true && isSecret(type, key))
    .map(({ key }) => key);
  const secrets = [...new Set([...shown, ...required])].map((key) => ({
    attribute: "sensitive_config_values_wo",
    key,
    purpose: `${key} of the plugin ${plugin.name}`,
  }));
  return itemOf(pluginResource, client, plugin.pluginId, () => ({ name: plugin.name, secrets }), context);
}
