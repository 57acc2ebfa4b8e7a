import { defineDataSource, defineResource, defineSystem } from "../kit/define";
import { alertDefinitionResource } from "./alert-definition.resource";
import { demonstration } from "./demonstration";
import { escalationLevelResource } from "./escalation-level.resource";
import { integrationAttachmentResource } from "./integration-attachment.resource";
import { integrationData } from "./integration.data";
import { inventory } from "./inventory";
import { connectionOf, uptrendsSettings } from "./settings";
import { topology } from "./topology";
import { contracts } from "./vendor-contract";
import { definitionWords } from "./alert-definition.words";
import { levelWords } from "./escalation-level.words";
import { attachmentWords } from "./integration-attachment.words";

const example = "uptrends-alertops-hcl/main.tf";

/**
 * Uptrends: alert definitions, their escalation levels, and the integrations on them, over its API v4.
 *
 * @see https://www.uptrends.com/support/kb/api
 */
export const uptrends = defineSystem({
  name: "uptrends",
  title: "Uptrends API",
  settings: uptrendsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { UptrendsClient } = await import("./client");
    return new UptrendsClient(connection, runtime);
  },
  checkLogin: (client, signal) => client.checkLogin(signal),
  resources: [
    defineResource(alertDefinitionResource, { words: definitionWords, example }),
    defineResource(escalationLevelResource, { words: levelWords, example }),
    defineResource(integrationAttachmentResource, { words: attachmentWords, example }),
  ],
  dataSources: [defineDataSource(integrationData)],
  // Its screens can send a test alert, its API cannot.
  platformTest: {
    none: 'the Uptrends API has no test call; use "Send test alert" at the bottom of the integration\'s page',
  },
  topology,
  inventory,
  contracts,
  demonstration,
  survey: async () => (await import("./survey")).survey,
  simulator: async () => (await import("./simulator")).createUptrendsSimulator,
});
