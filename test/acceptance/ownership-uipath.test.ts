import type { Sandbox } from "../../lib/sandbox";
import { climbsOwnership, type Owned } from "./support/ownership-rungs";
import { uipathIn, uipathWebhooksIn } from "./support/uipath-state";

const PASSWORD = `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}`;

const MAIL = `
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"`;

/** How many sets are configured, not how many values a set has. */
const singleton = (keys: (sandbox: Sandbox) => readonly string[]): Owned => ({
  exists: (sandbox) => (keys(sandbox).length > 0 ? 1 : 0),
  not: { "count shifted at the front": "there is only one set of settings" },
});

const ofTenant = (sandbox: Sandbox) => Object.keys(uipathIn(sandbox).tenant.own);
const ofOrganization = (sandbox: Sandbox) => Object.keys(uipathIn(sandbox).organization.own);

describe.each([{ showScope: true }, { showScope: false }])(
  "ownership of outbound_uipath_tenant_mail (%j)",
  (uipath) => {
    climbsOwnership({
      address: "outbound_uipath_tenant_mail.this",
      created: () => `${PASSWORD}
resource "outbound_uipath_tenant_mail" "this" {${MAIL}
}`,
      leftovers: ofTenant,
      owned: singleton(ofTenant),
      options: { options: { uipath } },
    });
  },
);

describe.each([
  ["that the token tells", ""],
  ["that is declared", 'organization_id = "3FA85F64-5717-4562-b3fc-2c963f66afa6"'],
])("ownership of outbound_uipath_system_mail of an organization %s", (_which, organization) => {
  climbsOwnership({
    address: "outbound_uipath_system_mail.this",
    created: () => `${PASSWORD}
resource "outbound_uipath_system_mail" "this" {${MAIL}
  ${organization}
}`,
    leftovers: ofOrganization,
    owned: singleton(ofOrganization),
  });
});

describe("ownership of outbound_uipath_webhook", () => {
  climbsOwnership({
    address: "outbound_uipath_webhook.this",
    created: () => `
resource "outbound_uipath_webhook" "this" {
  name   = "Faults to on-call"
  url    = "https://alerts.example.com/uipath"
  events = ["job.faulted"]
}`,
    leftovers: uipathWebhooksIn,
    owned: { identities: { of: "Faults to on-call", others: ["Queues", "Robots"] } },
  });
});
