import type { EphemeralResource, Resource } from "../../terraform-plugin/resource";
import type { System } from "../kit/system";
import type { AlertOpsClient } from "./client";
import { inboundIntegrationResource } from "./inbound-integration.resource";
import { inboundUrlEphemeral } from "./inbound-url.ephemeral";
import { inventory } from "./inventory";
import { platformTest } from "./platform-test";
import { alertOpsSettings, connectionOf, type AlertOpsSettings } from "./settings";
import { topology } from "./topology";

/**
 * AlertOps: inbound integrations over its API v2.
 *
 * @see https://help.alertops.com/knowledge-base/configuring-api-integration
 */
export const alertOps: System<AlertOpsSettings, AlertOpsClient, "alertops"> = {
  name: "alertops",
  title: "AlertOps API",
  settings: alertOpsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { AlertOpsClient } = await import("./client");
    return new AlertOpsClient(connection, runtime);
  },
  resources: [inboundIntegrationResource] as unknown as readonly Resource[],
  dataSources: [],
  ephemeralResources: [inboundUrlEphemeral] as unknown as readonly EphemeralResource[],
  platformTest,
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createAlertOpsSimulator,
};
