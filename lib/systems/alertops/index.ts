import { defineEphemeral, defineResource, defineSystem } from "../kit/define";
import { inboundIntegrationResource } from "./inbound-integration.resource";
import { inboundUrlEphemeral } from "./inbound-url.ephemeral";
import { inventory } from "./inventory";
import { platformTest } from "./platform-test";
import { alertOpsSettings, connectionOf } from "./settings";
import { topology } from "./topology";
import { integrationWords } from "./inbound-integration.words";

/**
 * AlertOps: inbound integrations over its API v2.
 *
 * @see https://help.alertops.com/knowledge-base/configuring-api-integration
 */
export const alertOps = defineSystem({
  name: "alertops",
  title: "AlertOps API",
  settings: alertOpsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { AlertOpsClient } = await import("./client");
    return new AlertOpsClient(connection, runtime);
  },
  checkLogin: (client, signal) => client.checkLogin(signal),
  resources: [
    defineResource(inboundIntegrationResource, {
      words: integrationWords,
      example: "uptrends-alertops-hcl/main.tf",
    }),
  ],
  ephemeralResources: [defineEphemeral(inboundUrlEphemeral)],
  platformTest: { call: platformTest, unattended: { no: "it opens an alert, which pages whoever is on call" } },
  topology,
  inventory,
  contracts: { none: "AlertOps publishes no description of its API that could be read" },
  // The alerts of Uptrends arrive here.
  demonstration: { shownBy: "uptrends" },
  survey: async () => (await import("./survey")).survey,
  simulator: async () => (await import("./simulator")).createAlertOpsSimulator,
});
