import type { Sandbox } from "../../../../lib/sandbox";
import type { Ladder } from "../ladder";

const integration = (enabled: boolean, recipients: string, name = "Uptrends prod") => `
resource "outbound_alertops_inbound_integration" "this" {
  name              = "${name}"
  enabled           = ${enabled}
  escalation_policy = "Standard"
  ${recipients}
}`;

const ON_CALL = 'recipient_groups = ["NOC"]\n  recipient_users = ["jane@example.org"]';

export const integrationLadder: Ladder = {
  address: "outbound_alertops_inbound_integration.this",
  created: integration(true, ON_CALL),
  updated: integration(false, 'recipient_groups = ["NOC", "Capacity"]'),
  replaced: integration(true, ON_CALL, "Uptrends production"),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("alertops", "edit-integration", { id, set: { enabled: false, recipient_groups: [] } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("alertops", "delete-integration", { id }),
  leftovers: (sandbox: Sandbox) =>
    (sandbox.state().systems["alertops"] as { integrations: readonly unknown[] }).integrations,
};
