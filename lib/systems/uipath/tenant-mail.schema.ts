import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, number, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { oneOf } from "../../validators/one-of";
import { mailAttributes, senderAddress, smtpHost, smtpPort } from "./mail.attributes";
import { tenantMailChecks, tenantMailCreationChecks } from "./tenant-mail.checks";

const MODES = ["custom", "default"] as const;

export const tenantMailAttributes = {
  id: string("computed", {
    description: "Always `tenant`: a tenant has one set of mail settings. Also the import id.",
    keep: true,
  }),
  alerts_enabled: bool("optional", {
    description: "Whether Orchestrator sends its alerts by mail at all (`Alerts.Email.Enabled`).",
    default: true,
  }),
  mode: string("optional", {
    description:
      "`custom`: the tenant uses the settings below. `default`: it uses those of the host; the settings below stay declared and come back with `custom`, while Orchestrator itself forgets them. Where Orchestrator does not tell own values from inherited ones, the first plan after the import of a tenant in `default` shows it as a change.",
    validators: [oneOf(MODES)],
    default: "custom",
  }),
  smtp_host: string("optional", {
    description: "The SMTP server, by name or address, as Orchestrator reaches it. Needed for `custom`.",
    ...smtpHost,
  }),
  smtp_port: number("optional", {
    description: "The SMTP server's TCP port: usually 587, or 465. Needed for `custom`.",
    ...smtpPort,
  }),
  sender_address: string("optional", {
    description: "The address alert mails come from. Needed for `custom`.",
    ...senderAddress,
  }),
  ...mailAttributes,
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** The *Mail* settings of one Orchestrator tenant. */
export const tenantMailSchema = defineSchema({
  type: "outbound_uipath_tenant_mail",
  description:
    'The SMTP settings with which a tenant of UiPath Orchestrator sends alert mails, and whether it sends them (*Settings > Mail*). There is one set for each tenant. From 2022.10 on, and in the cloud, alerts may leave by the settings of the organization instead (`outbound_uipath_system_mail`); then use this with `mode = "default"` for `alerts_enabled`, and see `docs/uipath-mail.md`. Who receives the mails is not set here: Orchestrator sends them to the accounts with an address and the permission to view alerts, see the data source `outbound_uipath_alert_receivers`. On destroy the settings are deleted, so that the tenant takes the host\'s again; releases before 22.10 cannot do that, and get back what was found at first.',
  identity: { attributes: [], twins: false },
  importIdentity: wholeId,
  attributes: tenantMailAttributes,
  checks: tenantMailChecks,
  creationChecks: tenantMailCreationChecks,
});

export type TenantMailSchema = typeof tenantMailSchema;
export type TenantMailState = StateOf<TenantMailSchema>;
