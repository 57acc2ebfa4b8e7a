import { climbs } from "./support/ladder";
import { uipathWebhooksIn } from "./support/uipath-state";

const webhook = (events: string) => (): string => `
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

describe("outbound_uipath_webhook", () => {
  climbs({
    address: "outbound_uipath_webhook.this",
    created: webhook('["job.faulted", "robot.disconnected"]'),
    updated: webhook("null"),
    changeOutside: (sandbox, { id }) => sandbox.intervene("uipath", "edit-webhook", { id, set: { Enabled: false } }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("uipath", "delete-webhook", { id }),
    leftovers: uipathWebhooksIn,
  });
});
