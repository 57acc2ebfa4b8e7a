import type { MailerNode, Smtp } from "../../core/topology";
import { anyOf, isSet, topologyOf, type TopologyByType } from "../kit/topology";
import { systemMailSchema } from "./system-mail.schema";
import { tenantMailSchema } from "./tenant-mail.schema";

/** The common attributes of the settings of tenant, organization and host. */
interface Mail {
  readonly smtp_host: string | null | undefined;
  readonly smtp_port: number | null | undefined;
  readonly enable_ssl: boolean | null | undefined;
  readonly sender_address: string | null | undefined;
  readonly username: string | null | undefined;
  readonly use_default_credentials: boolean | null | undefined;
}

export const topology: TopologyByType = {
  ...topologyOf(tenantMailSchema, (tenant) => [
    {
      kind: "mailer",
      name: "tenant mail",
      id: tenant.id ?? "tenant",
      enabled: tenant.alerts_enabled ?? undefined,
      // In mode `default` the host's settings are in force, and these wait.
      ...(tenant.mode === "default" ? {} : { smtp: smtp(tenant) }),
      routesItself: true,
    },
    {
      kind: "route",
      name: "Orchestrator alerts",
      enabled: tenant.alerts_enabled ?? undefined,
      via: { attribute: "id", id: tenant.id ?? "tenant" },
      receivers: [],
      receiversElsewhere: "accounts with an e-mail address and the permission to view alerts, set in Orchestrator",
      severities: null,
      resourceKinds: null,
      filtered: undefined,
    },
  ]),
  ...topologyOf(systemMailSchema, (system): [MailerNode] => [
    {
      kind: "mailer",
      name: `${system.scope ?? "organization"} mail`,
      id: system.id,
      enabled: true,
      smtp: smtp(system),
      routesItself: true,
    },
  ]),
};

function smtp(mail: Mail): Smtp {
  const { smtp_port: port, enable_ssl: encrypted } = mail;
  return {
    host: mail.smtp_host,
    port,
    security: encrypted === false ? "none" : encrypted ? (port === 465 ? "tls" : "starttls") : undefined,
    sender: mail.sender_address,
    login: anyOf(isSet(mail.username), mail.use_default_credentials ?? undefined),
    username: mail.username,
  };
}
