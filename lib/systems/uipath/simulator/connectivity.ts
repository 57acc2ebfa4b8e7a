import { knownAddress, type Outlet, type ConfiguredServer, type Connectivity } from "../../kit/simulator/connectivity";
import { ALERTS_ENABLED, SYSTEM_KEYS, TENANT_KEYS } from "../keys";
import type { Directory } from "./directory";
import { tenantMailOf, type UiPathSimulatorOptions } from "./options";
import type { PartitionKind, SystemStore } from "./system-store";
import type { TenantStore } from "./tenant-store";
import type { WebhookStore } from "./webhook-store";

interface Parts {
  readonly tenant: TenantStore;
  readonly system: SystemStore;
  readonly directory: Directory;
  readonly webhooks: WebhookStore;
}

/** The connectivity of UiPath: the mail settings that were set, of tenant, organization and host, and the webhooks. */
export function connectivity(
  { tenant, system, directory, webhooks }: Parts,
  options: UiPathSimulatorOptions,
): Connectivity {
  const shared = options.behindFlowsOf === undefined ? {} : { behind: options.behindFlowsOf };
  const server = (host: string, port: string, encrypted: string): ConfiguredServer => ({
    host,
    port: Number(port),
    security: !/^true$/i.test(encrypted) ? "none" : Number(port) === 465 ? "tls" : "starttls",
    ip: knownAddress(host, options.hosts),
  });
  const alertsLeave = tenant.value(ALERTS_ENABLED) === "true";
  const byTenant = tenantMailOf(options) === "used";
  const ofTenant = (): Outlet => ({
    ...shared,
    name: `tenant mail of ${options.tenant}`,
    enabled: byTenant && alertsLeave,
    smtp: server(tenant.value(TENANT_KEYS.host), tenant.value(TENANT_KEYS.port), tenant.value(TENANT_KEYS.enableSsl)),
    receivers: byTenant ? directory.receivers() : [],
  });
  const organizationHas = system.value("organization", SYSTEM_KEYS.host) !== "";
  const ofSystem = (scope: PartitionKind): Outlet[] => {
    const own = system.shown(scope);
    const host = own[SYSTEM_KEYS.host];
    if (!host) return [];
    const smtp = server(host, own[SYSTEM_KEYS.port] ?? "25", own[SYSTEM_KEYS.enableSsl] ?? "false");
    const carriesAlerts = !byTenant && alertsLeave && (scope === "organization" || !organizationHas);
    const receivers = carriesAlerts ? directory.receivers() : [];
    return [{ ...shared, name: `${scope} mail`, enabled: true, smtp, receivers }];
  };
  return {
    outlets: [
      ...(tenant.isOwn(TENANT_KEYS.host) && tenant.value(TENANT_KEYS.host) !== "" ? [ofTenant()] : []),
      ...ofSystem("organization"),
      ...ofSystem("host"),
      ...webhooks.shown().map(({ Name, Url, Enabled, Id }): Outlet => ({
        ...shared,
        name: `webhook ${Name ?? Id}`,
        enabled: Enabled !== false,
        postsTo: Url ?? undefined,
        receivers: [],
      })),
    ],
  };
}
