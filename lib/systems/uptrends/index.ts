import { defineDataSource, defineResource, defineSystem } from "../kit/define";
import { alertDefinitionResource } from "./alert-definition.resource";
import { existingDefinitionData } from "./alert-definition.data";
import { alertDefinitionMemberResource } from "./alert-definition-member.resource";
import { definitionMemberWords } from "./alert-definition-member.words";
import { candidateDataSources } from "./candidate.data";
import { demonstration } from "./demonstration";
import { escalationLevelResource } from "./escalation-level.resource";
import { escalationLevelMemberResource } from "./escalation-level-member.resource";
import { levelMemberWords } from "./escalation-level-member.words";
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
 * Uptrends over its API v4: alert definitions, their escalation levels, the members of both, and the integrations on levels.
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
    defineResource(alertDefinitionMemberResource, { words: definitionMemberWords, example }),
    defineResource(escalationLevelResource, { words: levelWords, example }),
    defineResource(escalationLevelMemberResource, { words: levelMemberWords, example }),
    defineResource(integrationAttachmentResource, { words: attachmentWords, example }),
  ],
  dataSources: [
    defineDataSource(existingDefinitionData),
    defineDataSource(integrationData),
    ...candidateDataSources.map((source) => defineDataSource(source)),
  ],
  // Its user interface can send a test alert, its API cannot.
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
