import type { DataSource, Resource } from "../../terraform-plugin/resource";
import type { System } from "../kit/system";
import { alertReceiversData } from "./alert-receivers.data";
import type { UiPathClient } from "./client";
import { inventory } from "./inventory";
import { platformTest } from "./platform-test";
import { connectionOf, uipathSettings, type UiPathSettings } from "./settings";
import { systemMailResource } from "./system-mail.resource";
import { tenantMailResource } from "./tenant-mail.resource";
import { webhookResource } from "./webhook.resource";
import { topology } from "./topology";

/**
 * UiPath, in its cloud or on premises: the mail settings of Orchestrator tenants, of organizations and of the host, and
 * who receives alert mails.
 *
 * @see https://docs.uipath.com/orchestrator
 */
export const uipath: System<UiPathSettings, UiPathClient, "uipath"> = {
  name: "uipath",
  title: "UiPath",
  settings: uipathSettings,
  async connect(settings, runtime) {
    const connection = connectionOf(settings);
    const { UiPathClient } = await import("./client");
    return new UiPathClient(connection, runtime);
  },
  resources: [tenantMailResource, systemMailResource, webhookResource] as unknown as readonly Resource[],
  dataSources: [alertReceiversData as unknown as DataSource],
  platformTest,
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createUiPathSimulator,
};
