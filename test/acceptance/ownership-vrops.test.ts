import { climbsOwnership } from "./support/ownership-rungs";
import { pluginsIn, rulesIn } from "./support/vrops-state";

const emailPlugin = (): string => `
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
  sender_address = "alerts@example.com"
}`;

const plugin = (): string => `
resource "outbound_vrops_plugin" "this" {
  plugin_type_id = "Log File"
  name           = "Alert log"
  config_values  = { "output_folder" = "/var/log/alerts" }
}`;

const rule = (): string => `
resource "outbound_vrops_notification_rule" "this" {
  name          = "Critical to on-call"
  plugin_id     = outbound_vrops_email_plugin.mail.id
  receivers     = ["oncall@example.com", "noc@example.com"]
  criticalities = ["CRITICAL", "IMMEDIATE"]
}`;

const mail = (): string => `
resource "outbound_vrops_email_plugin" "mail" {
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}`;

// Whether names are unique, vROps documents nowhere.
describe.each([false, true])("ownership of outbound_vrops_email_plugin, names unique: %s", (uniqueNames) => {
  climbsOwnership({
    address: "outbound_vrops_email_plugin.this",
    created: emailPlugin,
    leftovers: pluginsIn,
    owned: { identities: { of: "Prod SMTP", others: ["Spare SMTP", "Third SMTP"] } },
    options: { options: { vrops: { uniqueNames } } },
  });
});

describe("ownership of outbound_vrops_plugin", () => {
  climbsOwnership({
    address: "outbound_vrops_plugin.this",
    created: plugin,
    leftovers: pluginsIn,
    owned: { identities: { of: "Alert log", others: ["Spare log", "Third log"] } },
  });
});

describe("ownership of outbound_vrops_notification_rule", () => {
  climbsOwnership({
    address: "outbound_vrops_notification_rule.this",
    beside: mail,
    created: rule,
    leftovers: rulesIn,
    owned: { identities: { of: "Critical to on-call", others: ["Spare rule", "Third rule"] } },
    options: { options: { vrops: { uniqueNames: true } } },
  });
});
