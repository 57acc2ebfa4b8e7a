import { climbs } from "./support/ladder";
import { pluginsIn } from "./support/vrops-state";

const plugin = (sender: string) => (): string => `
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

describe("outbound_vrops_email_plugin", () => {
  climbs({
    address: "outbound_vrops_email_plugin.this",
    created: plugin("alerts@example.com"),
    updated: plugin("alarms@example.com"),
    changeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "disable-plugin", { id }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-plugin", { id }),
    leftovers: pluginsIn,
  });
});

describe.each(["omitted", "masked", "echoed"])(
  "outbound_vrops_email_plugin where passwords are read back %s",
  (mode) => {
    climbs({
      address: "outbound_vrops_email_plugin.this",
      created: plugin("alerts@example.com"),
      leftovers: pluginsIn,
      options: { options: { vrops: { secretReadBack: mode, version: "8.18.3" } } },
    });
  },
);
