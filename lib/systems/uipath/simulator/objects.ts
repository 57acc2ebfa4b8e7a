import type { SimulatedObject } from "../../kit/simulator/objects";
import type { UiPathSimulatorOptions } from "./options";
import type { SystemStore } from "./system-store";
import type { TenantStore } from "./tenant-store";
import type { WebhookStore } from "./webhook-store";

interface Stores {
  readonly tenant: TenantStore;
  readonly system: SystemStore;
  readonly webhooks: WebhookStore;
}

/** The objects: every webhook, and the mail settings of tenant, organization and host, which always exist. */
export function objects({ tenant, system, webhooks }: Stores, options: UiPathSimulatorOptions): SimulatedObject[] {
  const singleton = { foreign: true, builtIn: true };
  const systemMail = { ...singleton, type: "outbound_uipath_system_mail" };
  return [
    {
      ...singleton,
      type: "outbound_uipath_tenant_mail",
      id: "tenant",
      name: `tenant mail of ${options.tenant}`,
      settings: tenant.shown(),
    },
    {
      ...systemMail,
      id: `organization/${options.organizationId}`,
      name: "organization mail",
      settings: system.shown("organization"),
    },
    { ...systemMail, id: "host", name: "host mail", settings: system.shown("host") },
    ...webhooks.shown().map((webhook) => ({
      type: "outbound_uipath_webhook",
      id: String(webhook.Id),
      name: String(webhook.Name ?? webhook.Id),
      foreign: webhooks.webhooks.isForeign(webhook.Id),
      settings: webhook,
    })),
  ];
}
