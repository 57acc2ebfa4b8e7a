import type { Connectivity } from "../../kit/simulator/connectivity";
import { endOf, type IntegrationStore } from "./integration-store";

/** The connectivity of AlertOps: every inbound integration, with the people whom it notifies. */
export function connectivity(store: IntegrationStore): Connectivity {
  return {
    inlets: store.all.list().map(({ held }) => {
      const name = String(held["inbound_integration_name"]);
      const told = [held["escalation_policy"], held["recipient_groups"], held["recipient_users"]].flat();
      const receivers = told.filter((one): one is string => typeof one === "string" && one !== "");
      return { name, address: encodeURIComponent(endOf(held)), enabled: held["enabled"] !== false, receivers };
    }),
  };
}
