import type { Ladder } from "../ladder";

const SERVICE = "pcc-192-0-2-10";

const flow = (ip: string, description: string) => `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "${SERVICE}"
  ip           = "${ip}"
  port         = 587
  description  = "${description}"
}`;

export const flowLadder: Ladder = {
  address: "outbound_ovh_vrops_flow.this",
  created: flow("203.0.113.25", "SMTP relay"),
  updated: flow("203.0.113.25", "SMTP relay of production"),
  replaced: flow("203.0.113.26", "SMTP relay"),
  changeOutside: (sandbox) =>
    sandbox.intervene("ovh", "edit-flow", { service: SERVICE, ip: "203.0.113.25", port: 587, description: "mine" }),
  removeOutside: (sandbox) =>
    sandbox.intervene("ovh", "close-flow", { service: SERVICE, ip: "203.0.113.25", port: 587 }),
  leftovers: (sandbox) => sandbox.network.list(),
};
