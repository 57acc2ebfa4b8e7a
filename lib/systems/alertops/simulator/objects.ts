import type { SimulatedObject } from "../../kit/simulator/objects";
import type { IntegrationStore } from "./integration-store";

/** Every inbound integration, as its resource knows it. */
export function objects(store: IntegrationStore): SimulatedObject[] {
  return store.all.list().map(({ id: number, held, isFromBefore = false }) => ({
    type: "outbound_alertops_inbound_integration",
    id: String(number),
    name: String(held["inbound_integration_name"]),
    foreign: store.all.isForeign(number),
    builtIn: isFromBefore,
    settings: held,
  }));
}
