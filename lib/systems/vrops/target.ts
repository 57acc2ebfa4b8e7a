import type { Construct } from "constructs";
import { checkOptions, optional, required, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { listText } from "../../constructs/text";
import { resourceClass } from "../../constructs/resource-class";
import type { BoundPlugin, BoundRoute, PluginRequest, PluginTarget, RouteRequest } from "../../constructs/target";
import { emailPluginSchema } from "./email-plugin.schema";
import type { ALERT_CONTROL_STATES, ALERT_STATUSES, CRITICALITIES } from "./notification-rule.schema";
import { notificationRuleSchema } from "./notification-rule.schema";
import { pluginSchema } from "./plugin.schema";

/** The `outbound_vrops_email_plugin` resource by itself. */
export class VropsEmailPlugin extends resourceClass(emailPluginSchema) {}

/** The `outbound_vrops_notification_rule` resource by itself. */
export class VropsNotificationRule extends resourceClass(notificationRuleSchema) {}

/** The `outbound_vrops_plugin` resource: an outbound plugin that does not send mail. */
export class VropsPlugin extends resourceClass(pluginSchema) {}

/** The alerts that a route takes; an omitted filter accepts everything. */
export interface VropsAlerts {
  readonly criticalities?: readonly (typeof CRITICALITIES)[number][];
  readonly statuses?: readonly (typeof ALERT_STATUSES)[number][];
  readonly controlStates?: readonly (typeof ALERT_CONTROL_STATES)[number][];
  /** Restricts the alerts to such objects: `[{ adapterKind: "VMWARE", resourceKind: "Datastore" }]`. */
  readonly resourceKinds?: readonly { readonly adapterKind: string; readonly resourceKind: string }[];
  /** Restricts the alerts to these definitions: `["VMWARE-Datastore-NotEnoughIOPS"]`. */
  readonly alertDefinitionIds?: readonly string[];
  /** Minutes an alert must last before the first mail. @default none */
  readonly delayMinutes?: number;
  /** Minutes between repeats while the alert is active. @default no repeats */
  readonly resendMinutes?: number;
  /** The greatest number of repeats. @default decided by vROps */
  readonly maxNotifications?: number;
  /**
   * Addresses in Cc, besides the route's receivers; only where vROps names a rule property for them.
   *
   * @default as entered in vROps
   */
  readonly ccReceivers?: readonly string[];
  /** Addresses in Bcc, likewise. @default as entered in vROps */
  readonly bccReceivers?: readonly string[];
  /** A text that vROps inserts into the mails, likewise. @default as entered in vROps */
  readonly description?: string;
  /** @default the default template of the plugin's type */
  readonly templateId?: string;
  /** @default true */
  readonly enabled?: boolean;
}

export interface StandardEmailOptions {
  /** The plugin's name under *Outbound Settings*. */
  readonly name: string;
  /** @default none */
  readonly description?: string;
  /** @default true */
  readonly enabled?: boolean;
  /**
   * Takes over plugin and rules of the same names although they differ, and changes them to the declaration.
   *
   * @default false: that is an error naming the import command
   */
  readonly adoptExisting?: boolean;
  /** @default as the provider documents */
  readonly timeouts?: PropsOf<typeof emailPluginSchema>["timeouts"];
  /** The provider configuration of this vROps. @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

const OPTIONS: Shape<StandardEmailOptions> = {
  name: required("string"),
  description: optional("string"),
  enabled: optional("boolean"),
  adoptExisting: optional("boolean"),
  timeouts: optional("object"),
  provider: optional(PROVIDER_BLOCK),
};

const ALERTS: Shape<VropsAlerts> = {
  criticalities: optional("array"),
  statuses: optional("array"),
  controlStates: optional("array"),
  resourceKinds: optional("array"),
  alertDefinitionIds: optional("array"),
  delayMinutes: optional("number"),
  resendMinutes: optional("number"),
  maxNotifications: optional("number"),
  ccReceivers: optional("array"),
  bccReceivers: optional("array"),
  description: optional("string"),
  templateId: optional("string"),
  enabled: optional("boolean"),
};

/** VMware Aria Operations (vROps, VCF Operations). */
export class Vrops {
  /** Its *Standard Email Plugin*, for SmtpPlugin and AlertMail; its routes are notification rules. */
  static standardEmail(options: StandardEmailOptions): PluginTarget<VropsAlerts> {
    checkOptions("Vrops.standardEmail", options, OPTIONS);
    return new StandardEmail(options);
  }
}

class StandardEmail implements PluginTarget<VropsAlerts> {
  readonly kind = "vrops";

  constructor(private readonly options: StandardEmailOptions) {}

  get name(): string {
    return this.options.name;
  }

  bindPlugin(scope: Construct, id: string, { server }: PluginRequest): BoundPlugin<VropsAlerts> {
    const { name, enabled } = this.options;
    const { certificateThumbprint } = server;
    const plugin = new VropsEmailPlugin(scope, id, {
      ...this.options,
      smtpHost: server.host,
      smtpPort: server.port.number,
      security: server.security,
      username: server.login?.user,
      passwordWo: server.login?.password,
      passwordWoVersion: server.login?.password.version,
      senderAddress: server.sender.address,
      senderName: server.sender.name,
      trustedCertificateThumbprint: certificateThumbprint,
    });
    return {
      resource: plugin,
      system: "vrops",
      id: plugin.id,
      fingerprint: [
        name,
        enabled === false ? "disabled" : "enabled",
        ...(certificateThumbprint === undefined ? [] : [`certificate ${certificateThumbprint}`]),
      ].join(", "),
      bindRoute: (routeScope, routeId, request) => this.bindRoute(routeScope, routeId, plugin, request),
    };
  }

  private bindRoute(
    scope: Construct,
    id: string,
    plugin: VropsEmailPlugin,
    { name, receivers, alerts = {} }: RouteRequest<VropsAlerts>,
  ): BoundRoute {
    checkOptions("a route of vROps", alerts, ALERTS, [scope.node.path, "alerts"]);
    const { statuses, controlStates, ...filters } = alerts;
    const resource = new VropsNotificationRule(scope, id, {
      ...filters,
      name,
      pluginId: plugin.id,
      receivers: receivers.map(({ address }) => address),
      alertStatuses: statuses,
      alertControlStates: controlStates,
      adoptExisting: this.options.adoptExisting,
      provider: this.options.provider,
    });
    return { resource, fingerprint: describe(alerts) };
  }
}

function describe(alerts: VropsAlerts): string {
  const { criticalities, resourceKinds, alertDefinitionIds, statuses, enabled, ccReceivers, bccReceivers } = alerts;
  const parts = [
    criticalities && listText(criticalities, " or "),
    statuses && listText(statuses, " or "),
    resourceKinds?.map(({ resourceKind }) => resourceKind).join(" or "),
    alertDefinitionIds && listText(alertDefinitionIds, " or "),
  ].filter((part) => part !== undefined && part !== "");
  const which = parts.length === 0 ? "all alerts" : `alerts ${parts.join(", ")}`;
  const copies = [ccReceivers, bccReceivers].flatMap((list) => (list === undefined ? [] : [listText(list)]));
  const all = copies.length === 0 ? which : `${which}, copies to ${copies.join(", ")}`;
  return enabled === false ? `${all} (disabled)` : all;
}
