import type { Construct } from "constructs";
import { dataSourceClass } from "../../constructs/data-source-class";
import { checkOptions, optional, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { resourceClass } from "../../constructs/resource-class";
import type { SmtpServer } from "../../constructs/smtp-server";
import type { BoundPlugin, PluginRequest, PluginTarget } from "../../constructs/target";
import { alertReceiversSchema } from "./alert-receivers.schema";
import { systemMailSchema, type SystemScope } from "./system-mail.schema";
import { tenantMailSchema } from "./tenant-mail.schema";
import { webhookSchema } from "./webhook.schema";

/** The `outbound_uipath_tenant_mail` resource by itself. */
export class UiPathTenantMail extends resourceClass(tenantMailSchema) {}

/** The `outbound_uipath_system_mail` resource by itself. */
export class UiPathSystemMail extends resourceClass(systemMailSchema) {}

/** The `outbound_uipath_alert_receivers` data source: the receivers of a tenant's alert mails. */
export class DataUiPathAlertReceivers extends dataSourceClass(alertReceiversSchema) {}

/** The `outbound_uipath_webhook` resource: events of a tenant, sent to a URL. */
export class UiPathWebhook extends resourceClass(webhookSchema) {}

interface MailOptions {
  /** The Windows domain of the login. @default none */
  readonly domain?: string;
  /**
   * Logs in as the Windows account of the service instead of the server's login.
   *
   * @default false
   */
  readonly useDefaultCredentials?: boolean;
  /**
   * Takes over settings that differ and changes them.
   *
   * @default false: that is an error naming the import command
   */
  readonly adoptExisting?: boolean;
  /** The provider configuration of this UiPath. @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

export interface TenantMailOptions extends MailOptions {
  /** Distinguishes it from other tenants in one AlertMail: part of Terraform addresses. @default "uipath-tenant" */
  readonly name?: string;
  /** Whether Orchestrator mails its alerts at all. @default true */
  readonly alertsEnabled?: boolean;
  /**
   * `default` uses the settings of organization or host for now; the declared ones return with `custom`.
   *
   * @default "custom"
   */
  readonly mode?: "custom" | "default";
  /**
   * Checks during plan whether UiPath will send to the receivers, and warns of those to whom it will not. Needs the scope
   * `OR.Users.Read`.
   *
   * @default true
   */
  readonly checkReceivers?: boolean;
}

export interface SystemMailOptions extends MailOptions {
  /**
   * Distinguishes it from others in one AlertMail: part of Terraform addresses.
   *
   * @default "uipath-organization", "uipath-host"
   */
  readonly name?: string;
  /** The owner of the settings. @default "organization" */
  readonly scope?: SystemScope;
  /** The organization's id, a GUID. @default the one that the provider's login belongs to */
  readonly organizationId?: string;
  /** How long UiPath waits for the server, in milliseconds. @default unchanged */
  readonly connectionTimeoutMs?: number;
}

const MAIL: Shape<MailOptions> = {
  domain: optional("string"),
  useDefaultCredentials: optional("boolean"),
  adoptExisting: optional("boolean"),
  provider: optional(PROVIDER_BLOCK),
};
const TENANT: Shape<TenantMailOptions> = {
  ...MAIL,
  name: optional("string"),
  alertsEnabled: optional("boolean"),
  mode: optional("string"),
  checkReceivers: optional("boolean"),
};
const SYSTEM: Shape<SystemMailOptions> = {
  ...MAIL,
  name: optional("string"),
  scope: optional("string"),
  organizationId: optional("string"),
  connectionTimeoutMs: optional("number"),
};

/** UiPath, in its cloud or on premises. It chooses the receivers of alerts itself, so there are no routes. */
export class UiPath {
  /**
   * The mail settings of an Orchestrator tenant, for SmtpPlugin and AlertMail: releases before 2022.10 use them for alerts.
   * For later ones, and in the cloud, add {@link systemMail} for the same server; `docs/uipath-mail.md` has what is known of
   * each release.
   */
  static tenantMail(options: TenantMailOptions = {}): PluginTarget<never> {
    checkOptions("UiPath.tenantMail", options, TENANT);
    return new TenantMail(options);
  }

  /**
   * The mail settings of an organization or of the host, for SmtpPlugin and AlertMail: releases from 2022.10 on, and the
   * cloud, probably use them for the alerts of tenants.
   */
  static systemMail(options: SystemMailOptions = {}): PluginTarget<never> {
    checkOptions("UiPath.systemMail", options, SYSTEM);
    return new SystemMail(options);
  }
}

class TenantMail implements PluginTarget<never> {
  constructor(private readonly options: TenantMailOptions) {}

  get name(): string {
    return this.options.name ?? "uipath-tenant";
  }

  get kind(): string {
    return this.name;
  }

  bindPlugin(scope: Construct, id: string, { server }: PluginRequest): BoundPlugin<never> {
    const { checkReceivers = true, mode = "custom", alertsEnabled = true, provider } = this.options;
    const resource = new UiPathTenantMail(scope, id, {
      ...mailProps(server, this.options),
      mode,
      alertsEnabled,
    });
    return {
      resource,
      system: "uipath",
      id: resource.id,
      fingerprint: [
        mode === "custom" ? "the tenant's own mail settings" : "the host's mail settings",
        alertsEnabled ? "alert mails on" : "alert mails off",
        ...extras(this.options),
      ].join(", "),
      ...(checkReceivers
        ? {
            // Read during plan, before anything is applied: it depends on nothing here.
            watchReceivers: (watchScope, watchId, receivers) =>
              new DataUiPathAlertReceivers(watchScope, watchId, {
                expected: receivers.map(({ address }) => address),
                provider,
              }),
          }
        : {}),
    };
  }
}

class SystemMail implements PluginTarget<never> {
  constructor(private readonly options: SystemMailOptions) {}

  get name(): string {
    const { name, scope = "organization" } = this.options;
    return name ?? `uipath-${scope}`;
  }

  get kind(): string {
    return this.name;
  }

  bindPlugin(scope: Construct, id: string, { server }: PluginRequest): BoundPlugin<never> {
    const { scope: level = "organization", organizationId, connectionTimeoutMs } = this.options;
    const resource = new UiPathSystemMail(scope, id, {
      ...mailProps(server, this.options),
      scope: level,
      organizationId,
      connectionTimeoutMs,
    });
    return {
      resource,
      system: "uipath",
      id: resource.id,
      fingerprint: [`system mail of the ${level}`, ...extras(this.options)].join(", "),
    };
  }
}

/** UiPath has one switch for both kinds of encryption; the port distinguishes them. */
function mailProps(server: SmtpServer, { domain, useDefaultCredentials, adoptExisting, provider }: MailOptions) {
  const login = useDefaultCredentials ? undefined : server.login;
  return {
    smtpHost: server.host,
    smtpPort: server.port.number,
    enableSsl: server.security !== "none",
    username: login?.user,
    passwordWo: login?.password,
    passwordWoVersion: login?.password.version,
    senderAddress: server.sender.address,
    senderName: server.sender.name,
    domain,
    useDefaultCredentials,
    adoptExisting,
    provider,
  } satisfies Partial<PropsOf<typeof tenantMailSchema>>;
}

const extras = ({ domain, useDefaultCredentials }: MailOptions): string[] => [
  ...(domain === undefined ? [] : [`domain ${domain}`]),
  ...(useDefaultCredentials ? ["as the service's own account"] : []),
];
