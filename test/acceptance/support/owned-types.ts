import type { Sandbox } from "../../../lib/sandbox";
import { uipathIn } from "./uipath-state";
import { definitionsIn } from "./uptrends-state";

/** A resource type as the rungs about ownership declare it. */
export interface OwnedType {
  readonly type: string;
  /** What is within the resource's braces, in HCL. */
  readonly body: (sandbox: Sandbox) => string;
  /** What must be there beside it, in HCL: of names that no other type here uses. */
  readonly beside?: string;
  /** Other identities, as text to put in place of `of`. Absent where there is only one, such as a set of settings. */
  readonly identities?: { readonly of: string; readonly others: readonly [string, string] };
  /**
   * How many there are outside; `nothing` where Terraform's own list is all there is.
   *
   * @default objects of the type that clients have made, by the simulators' lists
   */
  readonly exists?: "nothing" | ((sandbox: Sandbox) => number);
}

const levelsOf = (sandbox: Sandbox, definition: string) =>
  definitionsIn(sandbox).flatMap(({ AlertName, levels }) => (AlertName === definition ? levels : []));
/** Settings are there once or not at all, however many values they have. */
const configured = (own: Readonly<Record<string, string>>) => (Object.keys(own).length > 0 ? 1 : 0);

const UIPATH_MAIL = `
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"`;

/** Every resource type that can own an object, and beside them a type that nothing exists of outside. */
export const ownedTypes: readonly OwnedType[] = [
  {
    type: "outbound_ovh_vrops_flow",
    body: () => `
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  description  = "SMTP relay"`,
    identities: { of: "203.0.113.25", others: ["203.0.113.26", "203.0.113.27"] },
  },
  {
    type: "outbound_vrops_email_plugin",
    body: () => `
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  security       = "starttls"
  username       = "alerts"
  password_wo    = var.smtp_password
  password_wo_version = 1
  sender_address = "alerts@example.com"`,
    identities: { of: "Prod SMTP", others: ["Spare SMTP", "Third SMTP"] },
  },
  {
    type: "outbound_vrops_plugin",
    body: () => `
  plugin_type_id = "Log File"
  name           = "Alert log"
  config_values  = { "output_folder" = "/var/log/alerts" }`,
    identities: { of: "Alert log", others: ["Spare log", "Third log"] },
  },
  {
    type: "outbound_vrops_notification_rule",
    beside: `
resource "outbound_vrops_email_plugin" "of_the_rule" {
  name           = "Rule SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}`,
    body: () => `
  name          = "Critical to on-call"
  plugin_id     = outbound_vrops_email_plugin.of_the_rule.id
  receivers     = ["oncall@example.com", "noc@example.com"]
  criticalities = ["CRITICAL", "IMMEDIATE"]`,
    identities: { of: "Critical to on-call", others: ["Spare rule", "Third rule"] },
  },
  {
    type: "outbound_uipath_tenant_mail",
    body: () => UIPATH_MAIL,
    exists: (sandbox) => configured(uipathIn(sandbox).tenant.own),
  },
  {
    type: "outbound_uipath_system_mail",
    body: () => UIPATH_MAIL,
    exists: (sandbox) => configured(uipathIn(sandbox).organization.own),
  },
  {
    type: "outbound_uipath_webhook",
    body: () => `
  name   = "Faults to on-call"
  url    = "https://alerts.example.com/uipath"
  events = ["job.faulted"]`,
    identities: { of: "Faults to on-call", others: ["Queues", "Robots"] },
  },
  {
    type: "outbound_uptrends_alert_definition",
    body: () => `
  name = "Prod - on-call"`,
    identities: { of: "Prod - on-call", others: ["Spare", "Third"] },
  },
  {
    type: "outbound_uptrends_escalation_level",
    beside: `
resource "outbound_uptrends_alert_definition" "of_the_level" {
  name = "Levels"
}`,
    body: () => `
  alert_definition_id   = outbound_uptrends_alert_definition.of_the_level.id
  level                 = tonumber(trimprefix("level-1", "level-"))
  threshold_error_count = 3`,
    identities: { of: "level-1", others: ["level-2", "level-3"] },
    exists: (sandbox) => levelsOf(sandbox, "Levels").filter((level) => level["ThresholdErrorCount"] === 3).length,
  },
  {
    type: "outbound_uptrends_alert_definition_member",
    beside: `
resource "outbound_uptrends_alert_definition" "of_the_members" {
  name = "Members"
}
data "outbound_uptrends_monitor" "all" {
  for_each = toset(["Shop", "Shop API", "Intranet"])
  name     = each.key
}`,
    body: () => `
  alert_definition_id = outbound_uptrends_alert_definition.of_the_members.id
  monitor_id          = data.outbound_uptrends_monitor.all["Shop"].id`,
    identities: { of: "Shop", others: ["Shop API", "Intranet"] },
  },
  {
    type: "outbound_uptrends_escalation_level_member",
    beside: `
resource "outbound_uptrends_alert_definition" "of_the_operators" {
  name = "Operators"
}
data "outbound_uptrends_operator" "jane" {
  name = "Jane Doe"
}`,
    body: () => `
  alert_definition_id = outbound_uptrends_alert_definition.of_the_operators.id
  level               = tonumber(trimprefix("level-1", "level-"))
  operator_id         = data.outbound_uptrends_operator.jane.id`,
    identities: { of: "level-1", others: ["level-2", "level-3"] },
  },
  {
    type: "outbound_uptrends_integration_attachment",
    beside: `
resource "outbound_uptrends_alert_definition" "of_the_attachment" {
  name = "Attachments"
}
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
}`,
    body: () => `
  alert_definition_id = outbound_uptrends_alert_definition.of_the_attachment.id
  level               = tonumber(trimprefix("level-1", "level-"))
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = "https://notify.example.com/POSTAlert/3f1c/Uptrends" }`,
    identities: { of: "level-1", others: ["level-2", "level-3"] },
    exists: (sandbox) =>
      levelsOf(sandbox, "Attachments").flatMap(({ integrations }) => integrations.filter(({ active }) => active))
        .length,
  },
  {
    type: "outbound_alertops_inbound_integration",
    body: () => `
  name              = "Uptrends prod"
  enabled           = true
  escalation_policy = "Standard"
  recipient_groups  = ["NOC"]
  template_from     = "Uptrends"`,
    identities: { of: "Uptrends prod", others: ["Uptrends spare", "Uptrends third"] },
  },
  {
    type: "outbound_ksaar_smtp_connection",
    body: ({ mail, environment }) => `
  name           = "Alertes"
  sender         = "alerts@example.com"
  host           = "${mail.startTls.host}"
  port           = ${mail.startTls.port}
  authentication = "LOGIN"
  username       = "${mail.user}"
  password_wo    = "${mail.password}"
  ca_certificate = "${environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"`,
    identities: { of: "Alertes", others: ["Alertes 2", "Alertes 3"] },
    // A person enters it by hand.
    exists: "nothing",
  },
];

/** For who has logged in to the host, and can do nothing else. */
export const ownedByTheHost: readonly OwnedType[] = [
  {
    type: "outbound_uipath_system_mail",
    body: () => `
  scope = "host"${UIPATH_MAIL}`,
    exists: (sandbox) => configured(uipathIn(sandbox).host.own),
  },
];

/** What Terraform declares beside them all. */
export const SMTP_PASSWORD = `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}`;
