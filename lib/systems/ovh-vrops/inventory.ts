import { collection, itemOf, type InventorySource } from "../kit/inventory";
import type { OvhVropsClient } from "./client";
import { flowResource } from "./flow.resource";
import { flowSchema } from "./flow.schema";
import { isGoing } from "./flow-states";

/**
 * The inventory of outgoing flows of the named services. The API lists the services of an account, but not which of them
 * have a vROps.
 */
export const inventory: InventorySource<OvhVropsClient> = {
  places: {
    option: "ovh-service",
    example: "pcc-192-0-2-10",
    variable: "OUTBOUND_OVH_SERVICES",
    attribute: "service_name",
    describes: "a Hosted Private Cloud whose flows are looked at",
  },
  list: (client, services, context) =>
    Promise.all(
      services.map((service) =>
        collection(flowSchema, `flows of ${service}`, context, async () => {
          const flows = await client.on(service, context, (flows) => flows.table.get(context.signal));
          const there = [...flows.values()].filter((flow) => !isGoing(flow));
          return Promise.all(
            there.map(({ outgoingFlowId, ip, servicePort, description }) =>
              itemOf(
                flowResource,
                client,
                `${service}/${outgoingFlowId}`,
                () => ({ name: description || `${ip}:${servicePort}` }),
                context,
              ),
            ),
          );
        }),
      ),
    ),
};
