import { defineResource, defineSystem } from "../kit/define";
import { emailPluginResource } from "./email-plugin.resource";
import { inventory } from "./inventory";
import { CRITICALITIES } from "./notification-rule.schema";
import { notificationRuleResource } from "./notification-rule.resource";
import { platformTest } from "./platform-test";
import { pluginResource } from "./plugin.resource";
import { connectionOf, vropsSettings } from "./settings";
import { topology } from "./topology";
import { contracts } from "./vendor-contract";
import { emailPluginWords } from "./email-plugin.words";
import { pluginWords } from "./plugin.words";
import { ruleWords } from "./notification-rule.words";

/**
 * vROps, also known as Aria Operations and VCF Operations, 8.10 to 9.1: its outbound plugins and
 * notification rules over the suite-api.
 *
 * @see https://developer.broadcom.com/xapis/vmware-cloud-foundation-operations-api/latest/
 */
export const vrops = defineSystem({
  name: "vrops",
  title: "VMware Aria Operations (vROps)",
  settings: vropsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { VropsClient } = await import("./client");
    return new VropsClient(connection, runtime);
  },
  checkLogin: (client, signal) => client.checkLogin(signal),
  resources: [
    defineResource(emailPluginResource, { words: emailPluginWords, example: "ovh-vrops-smtp-hcl/main.tf" }),
    defineResource(notificationRuleResource, { words: ruleWords, example: "ovh-vrops-smtp-hcl/main.tf" }),
    defineResource(pluginResource, { words: pluginWords, example: "webhook-and-trap-hcl/main.tf" }),
  ],
  platformTest: { call: platformTest, unattended: "yes" },
  topology,
  severities: CRITICALITIES,
  inventory,
  contracts,
  demonstration: {
    raise: ({ intervene }) => intervene("raise-alert", { criticality: "CRITICAL" }),
    seen: { subject: /^\[vROps\]/ },
  },
  survey: async () => (await import("./survey")).survey,
  simulator: async () => (await import("./simulator")).createVropsSimulator,
});
