import type { PlatformTestResult } from "../../core/platform-test";
import type { DataSource, Resource } from "../../terraform-plugin/resource";
import type { System } from "../kit/system";
import { alertDefinitionResource } from "./alert-definition.resource";
import type { UptrendsClient } from "./client";
import { escalationLevelResource } from "./escalation-level.resource";
import { integrationAttachmentResource } from "./integration-attachment.resource";
import { integrationData } from "./integration.data";
import { inventory } from "./inventory";
import { connectionOf, uptrendsSettings, type UptrendsSettings } from "./settings";
import { topology } from "./topology";

/** Its screens can send a test alert, its API cannot. */
const platformTest = async (): Promise<PlatformTestResult> => ({
  status: "unavailable",
  detail: 'the Uptrends API has no test call; use "Send test alert" at the bottom of the integration\'s page',
});

/**
 * Uptrends: alert definitions, their escalation levels, and the integrations on them, over its API v4.
 *
 * @see https://www.uptrends.com/support/kb/api
 */
export const uptrends: System<UptrendsSettings, UptrendsClient, "uptrends"> = {
  name: "uptrends",
  title: "Uptrends API",
  settings: uptrendsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { UptrendsClient } = await import("./client");
    return new UptrendsClient(connection, runtime);
  },
  resources: [
    alertDefinitionResource,
    escalationLevelResource,
    integrationAttachmentResource,
  ] as unknown as readonly Resource[],
  dataSources: [integrationData] as unknown as readonly DataSource[],
  platformTest,
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createUptrendsSimulator,
};
