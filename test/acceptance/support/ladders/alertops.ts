import type { Sandbox } from "../../../../lib/sandbox";
import type { Ladder } from "../ladder";

const mapping = (values: string) => `url_mapping = {
    source_id     = "incidentKey"
    source_status = "alertType"
    subject       = "title"
    open_alert_when  = { type = "Contains", values = ${values} }
    close_alert_when = { type = "Contains", values = ["Ok"] }
  }`;

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
  created: integration(true, `${ON_CALL}\n  ${mapping('["Alert", "Reminder"]')}`),
  updated: integration(false, `recipient_groups = ["NOC", "Capacity"]\n  ${mapping('["Alert"]')}`),
  replaced: integration(true, `${ON_CALL}\n  template_id = 118`, "Uptrends production"),
  changeOutside: (sandbox, { id }) =>
    sandbox.intervene("alertops", "edit-integration", { id, set: { enabled: false, recipient_groups: [] } }),
  removeOutside: (sandbox, { id }) => sandbox.intervene("alertops", "delete-integration", { id }),
  leftovers: (sandbox: Sandbox) =>
    (
      sandbox.state().systems["alertops"] as { integrations: readonly { inbound_integration_name: string }[] }
    ).integrations
      // Made by hand, before the sandbox began.
      .filter(({ inbound_integration_name: name }) => name !== "Uptrends"),
};
