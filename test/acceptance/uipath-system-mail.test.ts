import { climbs } from "./support/ladder";
import { uipathIn } from "./support/uipath-state";

const address = "outbound_uipath_system_mail.this";

const mail =
  (scope: string, sender: string, more = "") =>
  (): string => `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}
resource "outbound_uipath_system_mail" "this" {
  scope          = "${scope}"
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "mailer"
  password_wo    = var.smtp_password
  sender_address = "${sender}"
  sender_name    = "UiPath"
  ${more}
}`;

describe.each([{ edition: "cloud" }, { edition: "standalone" }])(
  "outbound_uipath_system_mail of an organization (%j)",
  (uipath) => {
    climbs({
      address,
      created: mail("organization", "no-reply@example.com"),
      updated: mail("organization", "alerts@example.com", "connection_timeout_ms = 60000"),
      changeOutside: (sandbox) =>
        sandbox.intervene("uipath", "edit-system-mail", { set: { "Email.Smtp.EnableSsl": "false" } }),
      removeOutside: (sandbox) => sandbox.intervene("uipath", "reset-system-mail"),
      leftovers: (sandbox) => Object.keys(uipathIn(sandbox).organization.own),
      onlyReadBack: uipath.edition !== "cloud",
      options: { options: { uipath } },
    });
  },
);

describe("outbound_uipath_system_mail of the host", () => {
  climbs({
    address,
    created: mail("host", "no-reply@example.com"),
    updated: mail("host", "alerts@example.com"),
    replaced: mail("organization", "no-reply@example.com", 'organization_id = "3fa85f64-5717-4562-b3fc-2c963f66afa6"'),
    changeOutside: (sandbox) =>
      sandbox.intervene("uipath", "edit-system-mail", {
        scope: "host",
        set: { "Email.Smtp.Host": "smtp.other.example" },
      }),
    removeOutside: (sandbox) => sandbox.intervene("uipath", "reset-system-mail", { scope: "host" }),
    leftovers: (sandbox) => [
      ...Object.keys(uipathIn(sandbox).host.own),
      ...Object.keys(uipathIn(sandbox).organization.own),
    ],
    options: { options: { uipath: { login: "host" } } },
  });
});
