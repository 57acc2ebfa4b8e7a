import type { Demonstration } from "../kit/demonstration";

/** The definition that was deployed alerts through its integration, which hands the alert to AlertOps. */
export const demonstration: Demonstration = {
  raise: ({ intervene, values }) =>
    intervene("raise-alert", { id: values("outbound_uptrends_alert_definition")["id"], incident: "demo" }),
  seen: { system: "alertops" },
};
