import type { Demonstration } from "../kit/demonstration";

/** The deployed definition raises an alert through its integration, which passes it to AlertOps. */
export const demonstration: Demonstration = {
  raise: ({ intervene, values }) =>
    intervene("raise-alert", { id: values("outbound_uptrends_alert_definition")["id"], incident: "demo" }),
  seen: { system: "alertops" },
};
