import { climbs } from "./support/ladder";
import { rulesIn } from "./support/vrops-state";

const PLUGIN = `
resource "outbound_vrops_email_plugin" "mail" {
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}`;

const rule = (receivers: string) => (): string => `
resource "outbound_vrops_notification_rule" "this" {
  name            = "Critical to on-call"
  plugin_id       = outbound_vrops_email_plugin.mail.id
  receivers       = ${receivers}
  criticalities   = ["CRITICAL", "IMMEDIATE"]
  resource_kinds  = [{ adapter_kind = "VMWARE", resource_kind = "Datastore" }]
  delay_minutes   = 5
  resend_minutes  = 30
  max_notifications = 3
}`;

describe("outbound_vrops_notification_rule", () => {
  climbs({
    address: "outbound_vrops_notification_rule.this",
    beside: () => PLUGIN,
    created: rule('["oncall@example.com", "noc@example.com"]'),
    updated: rule('["oncall@example.com"]'),
    changeOutside: (sandbox, { id }) =>
      sandbox.intervene("vrops", "edit-rule", { id, set: { criticalities: ["WARNING"] } }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-rule", { id }),
    leftovers: rulesIn,
  });
});
