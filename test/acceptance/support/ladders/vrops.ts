import type { Ladder } from "../ladder";
import { pluginsIn, rulesIn } from "../vrops-state";

const emailPlugin = (sender: string) => `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}
resource "outbound_vrops_email_plugin" "this" {
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  security       = "starttls"
  username       = "alerts"
  password_wo    = var.smtp_password
  password_wo_version = 1
  sender_address = "${sender}"
  sender_name    = "Alerting"
}`;

export const emailPluginLadder: Ladder = {
  address: "outbound_vrops_email_plugin.this",
  created: emailPlugin("alerts@example.com"),
  updated: emailPlugin("alarms@example.com"),
  changeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "disable-plugin", { id }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-plugin", { id }),
  leftovers: pluginsIn,
};

const plugin = (folder: string, type = "Log File") => `
resource "outbound_vrops_plugin" "this" {
  plugin_type_id = "${type}"
  name           = "Alert log"
  config_values  = ${folder}
}`;

export const pluginLadder: Ladder = {
  address: "outbound_vrops_plugin.this",
  created: plugin('{ "output_folder" = "/var/log/alerts" }'),
  updated: plugin('{ "output_folder" = "/var/log/alerts2" }'),
  replaced: plugin('{ "destination_addr" = "203.0.113.9" }', "SNMP Trap"),
  changeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "disable-plugin", { id }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-plugin", { id }),
  leftovers: pluginsIn,
};

const rule = (receivers: string) => `
resource "outbound_vrops_notification_rule" "this" {
  name            = "Critical to on-call"
  plugin_id       = outbound_vrops_email_plugin.of_the_rule.id
  receivers       = ${receivers}
  criticalities   = ["CRITICAL", "IMMEDIATE"]
  resource_kinds  = [{ adapter_kind = "VMWARE", resource_kind = "Datastore" }]
  delay_minutes   = 5
  resend_minutes  = 30
  max_notifications = 3
}`;

export const ruleLadder: Ladder = {
  address: "outbound_vrops_notification_rule.this",
  beside: `
resource "outbound_vrops_email_plugin" "of_the_rule" {
  name           = "Rule SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}`,
  created: rule('["oncall@example.com", "noc@example.com"]'),
  updated: rule('["oncall@example.com"]'),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("vrops", "edit-rule", { id, set: { criticalities: ["WARNING"] } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-rule", { id }),
  leftovers: rulesIn,
};
