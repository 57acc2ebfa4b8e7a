import type { Ladder } from "../ladder";
import { definitionsIn } from "../uptrends-state";

const definition = (name: string) => `
resource "outbound_uptrends_alert_definition" "this" {
  name    = "${name}"
  enabled = ${name.endsWith("call")}
}`;

export const definitionLadder: Ladder = {
  address: "outbound_uptrends_alert_definition.this",
  created: definition("Prod - on-call"),
  updated: definition("Prod"),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("uptrends", "edit-definition", { id, set: { IsActive: false } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("uptrends", "delete-definition", { id }),
  leftovers: definitionsIn,
};

const level = (settings: string, number = 1) => `
resource "outbound_uptrends_escalation_level" "this" {
  alert_definition_id = outbound_uptrends_alert_definition.of_the_level.id
  level               = ${number}
  ${settings}
}`;

export const levelLadder: Ladder = {
  address: "outbound_uptrends_escalation_level.this",
  beside: `
resource "outbound_uptrends_alert_definition" "of_the_level" {
  name = "Levels"
}`,
  created: level('threshold_error_count = 3\n message = "Call NOC"'),
  updated: level("threshold_error_count = 4\n number_of_reminders = 2"),
  replaced: level('threshold_error_count = 3\n message = "Call NOC"', 2),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("uptrends", "edit-level", { id, set: { ThresholdErrorCount: 9, IncludeTraceRoute: true } }),
  leftovers: definitionsIn,
};

const OF_THE_ATTACHMENT = `
resource "outbound_uptrends_alert_definition" "of_the_attachment" {
  name = "Attachments"
}`;

const attachment = (path: string, level = 1) => `
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
  type = "GenericWebhook"
}
variable "url" {
  default   = "https://notify.example.com/POSTAlert/${path}/Uptrends"
  ephemeral = true
}
resource "outbound_uptrends_integration_attachment" "this" {
  alert_definition_id = outbound_uptrends_alert_definition.of_the_attachment.id
  level               = ${level}
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = var.url }
}`;

export const attachmentLadder: Ladder = {
  address: "outbound_uptrends_integration_attachment.this",
  beside: OF_THE_ATTACHMENT,
  created: attachment("3f1c"),
  updated: attachment("77aa"),
  replaced: attachment("3f1c", 2),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("uptrends", "edit-attachment", { id, values: { ApiUrl: "https://elsewhere.example.com/" } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("uptrends", "detach", { id }),
  leftovers: definitionsIn,
};

const mailed = (addresses: string) => `
data "outbound_uptrends_integration" "mail" {
  name = "Email"
}
resource "outbound_uptrends_integration_attachment" "mail" {
  alert_definition_id   = outbound_uptrends_alert_definition.of_the_attachment.id
  level                 = 1
  integration_id        = data.outbound_uptrends_integration.mail.id
  extra_email_addresses = ${addresses}
}`;

/** Of an integration of another type. */
export const mailAttachmentLadder: Ladder = {
  address: "outbound_uptrends_integration_attachment.mail",
  beside: OF_THE_ATTACHMENT,
  created: mailed('["oncall@example.com", "noc@example.com"]'),
  updated: mailed('["oncall@example.com"]'),
  leftovers: definitionsIn,
};

const member = (attribute: string, kind: string, name: string, level = "") => `
data "outbound_uptrends_${kind}" "${kind}" {
  name = "${name}"
}
resource "outbound_uptrends_${level === "" ? "alert_definition" : "escalation_level"}_member" "${kind}" {
  alert_definition_id = outbound_uptrends_alert_definition.of_the_members.id
  ${level}
  ${attribute} = data.outbound_uptrends_${kind}.${kind}.id
}`;

const memberLadder = (
  of: "alert_definition" | "escalation_level",
  kind: string,
  name: string,
  other: string,
): Ladder => ({
  address: `outbound_uptrends_${of}_member.${kind}`,
  beside: `
resource "outbound_uptrends_alert_definition" "of_the_members" {
  name = "Members"
}`,
  created: member(`${kind}_id`, kind, name, of === "alert_definition" ? "" : "level = 1"),
  replaced: member(`${kind}_id`, kind, other, of === "alert_definition" ? "" : "level = 1"),
  removeOutside: (sandbox, { id }) => sandbox.intervene("uptrends", "remove-member", { id }),
  leftovers: definitionsIn,
});

export const memberLadders: readonly Ladder[] = [
  memberLadder("alert_definition", "monitor", "Shop", "Shop API"),
  memberLadder("alert_definition", "monitor_group", "Production", "All monitors"),
  memberLadder("escalation_level", "operator", "Jane Doe", "John Doe"),
  memberLadder("escalation_level", "operator_group", "NOC", "All operators"),
];
