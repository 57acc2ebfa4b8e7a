import type { System } from "../kit/system";
import type { DataSource, Resource } from "../../terraform-plugin/resource";
import type { VropsClient } from "./client";
import { emailPluginResource } from "./email-plugin.resource";
import { inventory } from "./inventory";
import { notificationRuleResource } from "./notification-rule.resource";
import { platformTest } from "./platform-test";
import { pluginResource } from "./plugin.resource";
import { connectionOf, vropsSettings, type VropsSettings } from "./settings";
import { topology } from "./topology";

const dataSources: readonly DataSource[] = [];

/**
 * vROps, also known as Aria Operations and VCF Operations, 8.10 to 9.1: its outbound plugins and
 * notification rules over the suite-api.
 *
 * @see https://developer.broadcom.com/xapis/vmware-cloud-foundation-operations-api/latest/
 */
export const vrops: System<VropsSettings, VropsClient, "vrops"> = {
  name: "vrops",
  title: "VMware Aria Operations (vROps)",
  settings: vropsSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings, runtime);
    const { VropsClient } = await import("./client");
    return new VropsClient(connection, runtime);
  },
  resources: [emailPluginResource, notificationRuleResource, pluginResource] as unknown as readonly Resource[],
  dataSources,
  platformTest,
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createVropsSimulator,
};
