import { climbsOwnership } from "./support/ownership-rungs";
import type { Sandbox } from "../../lib/sandbox";

const flow = (): string => `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  description  = "SMTP relay"
}`;

describe("ownership of outbound_ovh_vrops_flow", () => {
  climbsOwnership({
    address: "outbound_ovh_vrops_flow.this",
    created: flow,
    leftovers: flowsIn,
    owned: { identities: { of: "203.0.113.25", others: ["203.0.113.26", "203.0.113.27"] } },
  });
});

/** Not the ways: a second flow to the same place opens no second one. */
function flowsIn(sandbox: Sandbox): readonly unknown[] {
  const { services } = sandbox.state().systems["ovh"] as { services: { flows: unknown[] }[] };
  return services.flatMap(({ flows }) => flows);
}
