import type { Ladder } from "../ladder";
import { uipathIn, uipathWebhooksIn } from "../uipath-state";

const PASSWORD = `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}`;

const tenantMail = (alerts: boolean) => `
resource "outbound_uipath_tenant_mail" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"
  sender_name    = "Alerting"
  alerts_enabled = ${alerts}
}`;

/** Settings cannot vanish: what is removed outside is drift. */
export const tenantMailLadder: Ladder = {
  address: "outbound_uipath_tenant_mail.this",
  beside: PASSWORD,
  created: tenantMail(true),
  updated: tenantMail(false),
  changeOutside: (sandbox) => sandbox.intervene("uipath", "edit-tenant-mail", { "Abp.Net.Mail.Smtp.Port": "25" }),
  leftovers: (sandbox) => Object.keys(uipathIn(sandbox).tenant.own),
};

const systemMail = (scope: string, sender: string, more = "") => `
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

export const organizationMailLadder: Ladder = {
  address: "outbound_uipath_system_mail.this",
  beside: PASSWORD,
  created: systemMail("organization", "no-reply@example.com"),
  updated: systemMail("organization", "alerts@example.com", "connection_timeout_ms = 60000"),
  changeOutside: (sandbox) =>
    sandbox.intervene("uipath", "edit-system-mail", { set: { "Email.Smtp.EnableSsl": "false" } }),
  removeOutside: (sandbox) => sandbox.intervene("uipath", "reset-system-mail"),
  leftovers: (sandbox) => Object.keys(uipathIn(sandbox).organization.own),
};

/** For who has logged in to the host. */
export const hostMailLadder: Ladder = {
  address: "outbound_uipath_system_mail.this",
  beside: PASSWORD,
  created: systemMail("host", "no-reply@example.com"),
  updated: systemMail("host", "alerts@example.com"),
  replaced: systemMail(
    "organization",
    "no-reply@example.com",
    'organization_id = "3fa85f64-5717-4562-b3fc-2c963f66afa6"',
  ),
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
};

const webhook = (events: string) => `
variable "secret" {
  type      = string
  default   = "a signing key"
  ephemeral = true
}
resource "outbound_uipath_webhook" "this" {
  name      = "Faults to on-call"
  url       = "https://alerts.example.com/uipath"
  events    = ${events}
  secret_wo = var.secret
}`;

export const webhookLadder: Ladder = {
  address: "outbound_uipath_webhook.this",
  created: webhook('["job.faulted", "robot.disconnected"]'),
  updated: webhook("null"),
  changeOutside: (sandbox, { id }) => sandbox.intervene("uipath", "edit-webhook", { id, set: { Enabled: false } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("uipath", "delete-webhook", { id }),
  leftovers: uipathWebhooksIn,
};
