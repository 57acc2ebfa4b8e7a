import { climbsOwnership } from "./support/ownership-rungs";
import { pluginsIn } from "./support/vrops-state";

const plugin = (): string => `
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

describe("ownership of outbound_vrops_email_plugin", () => {
  climbsOwnership({
    address: "outbound_vrops_email_plugin.this",
    created: plugin,
    leftovers: pluginsIn,
    owned: { identities: { of: "Prod SMTP", others: ["Spare SMTP", "Third SMTP"] } },
  });
});
