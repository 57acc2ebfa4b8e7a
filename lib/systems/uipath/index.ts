import { defineDataSource, defineResource, defineSystem } from "../kit/define";
import { alertReceiversData } from "./alert-receivers.data";
import { inventory } from "./inventory";
import { platformTest } from "./platform-test";
import { connectionOf, uipathSettings } from "./settings";
import { systemMailResource } from "./system-mail.resource";
import { tenantMailResource } from "./tenant-mail.resource";
import { webhookResource } from "./webhook.resource";
import { topology } from "./topology";
import { contracts } from "./vendor-contract";
import { tenantMailWords } from "./tenant-mail.words";
import { systemMailWords } from "./system-mail.words";
import { webhookWords } from "./webhook.words";

/**
 * UiPath, in its cloud or on premises: the mail settings of Orchestrator tenants, of organizations and of the host, and the
 * receivers of alert mails.
 *
 * @see https://docs.uipath.com/orchestrator
 */
export const uipath = defineSystem({
  name: "uipath",
  title: "UiPath",
  settings: uipathSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { UiPathClient } = await import("./client");
    return new UiPathClient(connection, runtime);
  },
  checkLogin: (client, signal) => client.checkLogin(signal),
  resources: [
    defineResource(tenantMailResource, { words: tenantMailWords, example: "uipath-mail/main.ts" }),
    defineResource(systemMailResource, { words: systemMailWords, example: "uipath-mail/main.ts" }),
    defineResource(webhookResource, { words: webhookWords, example: "webhook-and-trap-hcl/main.tf" }),
  ],
  dataSources: [defineDataSource(alertReceiversData)],
  platformTest: { call: platformTest, unattended: "yes" },
  topology,
  severities: ["Info", "Success", "Warn", "Error", "Fatal"],
  inventory,
  contracts,
  demonstration: {
    raise: ({ intervene }) => intervene("raise-alert", { text: "Job failed" }),
    seen: { subject: /^UiPath Orchestrator alert/ },
  },
  survey: async () => (await import("./survey")).survey,
  simulator: async () => (await import("./simulator")).createUiPathSimulator,
});
