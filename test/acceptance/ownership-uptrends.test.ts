import type { Sandbox } from "../../lib/sandbox";
import { climbsOwnership } from "./support/ownership-rungs";
import { definitionsIn } from "./support/uptrends-state";

const DEFINITION = `
resource "outbound_uptrends_alert_definition" "prod" {
  name = "Prod - on-call"
}`;

describe("ownership of outbound_uptrends_alert_definition", () => {
  climbsOwnership({
    address: "outbound_uptrends_alert_definition.this",
    created: () => DEFINITION.replace('"prod"', '"this"'),
    leftovers: definitionsIn,
    owned: { identities: { of: "Prod - on-call", others: ["Spare", "Third"] } },
  });
});

const edited = (sandbox: Sandbox) =>
  definitionsIn(sandbox)
    .flatMap(({ levels }) => levels)
    .filter((level) => level["ThresholdErrorCount"] === 3).length;

describe("ownership of outbound_uptrends_escalation_level", () => {
  climbsOwnership({
    address: "outbound_uptrends_escalation_level.this",
    beside: () => DEFINITION,
    created: () => `
resource "outbound_uptrends_escalation_level" "this" {
  alert_definition_id   = outbound_uptrends_alert_definition.prod.id
  level                 = tonumber(trimprefix("level-1", "level-"))
  threshold_error_count = 3
}`,
    leftovers: definitionsIn,
    owned: { exists: edited, identities: { of: "level-1", others: ["level-2", "level-3"] } },
  });
});

const attached = (sandbox: Sandbox) =>
  definitionsIn(sandbox)
    .flatMap(({ levels }) => levels)
    .flatMap(({ integrations }) => integrations)
    .filter(({ active }) => active).length;

describe("ownership of outbound_uptrends_integration_attachment", () => {
  climbsOwnership({
    address: "outbound_uptrends_integration_attachment.this",
    beside: () => `${DEFINITION}
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
}
variable "url" {
  default   = "https://notify.example.com/POSTAlert/3f1c/Uptrends"
  ephemeral = true
}`,
    created: () => `
resource "outbound_uptrends_integration_attachment" "this" {
  alert_definition_id = outbound_uptrends_alert_definition.prod.id
  level               = tonumber(trimprefix("level-1", "level-"))
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = var.url }
}`,
    leftovers: definitionsIn,
    owned: { exists: attached, identities: { of: "level-1", others: ["level-2", "level-3"] } },
  });
});
