import type { Sandbox } from "../../lib/sandbox";
import { climbs } from "./support/ladder";

const integration = (enabled: boolean, recipients: string) => (): string => `
resource "outbound_alertops_inbound_integration" "this" {
  name              = "Uptrends prod"
  enabled           = ${enabled}
  escalation_policy = "Standard"
  ${recipients}
}`;

const integrationsIn = (sandbox: Sandbox) =>
  (sandbox.state().systems["alertops"] as { integrations: readonly unknown[] }).integrations;

describe.each([
  ["where AlertOps does not tell the URL", {}],
  ["where AlertOps tells the URL, in whole lists", { tellsUrl: true }],
  ["where lists are summaries and a creation answers nothing", { list: "summary", createStatus: 204 }],
  ["where there is no list and requests are throttled", { list: "none", throttleEvery: 4, retryAfter: false }],
])("outbound_alertops_inbound_integration %s", (_where, alertops) => {
  climbs({
    address: "outbound_alertops_inbound_integration.this",
    created: integration(true, 'recipient_groups = ["NOC"]\n recipient_users = ["jane@example.org"]'),
    updated: integration(false, 'recipient_groups = ["NOC", "Capacity"]'),
    replaced: () => integration(true, 'recipient_groups = ["NOC"]')().replace("Uptrends prod", "Uptrends production"),
    changeOutside: (sandbox, { id }) =>
      sandbox.intervene("alertops", "edit-integration", { id, set: { enabled: false, recipient_groups: [] } }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("alertops", "delete-integration", { id }),
    leftovers: integrationsIn,
    onlyReadBack: Object.keys(alertops).length > 0,
    options: { options: { alertops } },
  });
});
