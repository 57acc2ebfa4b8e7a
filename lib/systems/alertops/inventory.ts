import { collection, itemOf, type InventorySource } from "../kit/inventory";
import type { AlertOpsClient } from "./client";
import { idOf } from "./inbound-integration.mapping";
import { inboundIntegrationResource } from "./inbound-integration.resource";
import { inboundIntegrationSchema } from "./inbound-integration.schema";

/** The inventory of inbound API integrations; those of other types (mail, chat) cannot be declared. */
export const inventory: InventorySource<AlertOpsClient> = {
  list: async (client, _, context) => [
    await collection(inboundIntegrationSchema, "inbound integrations", context, async () => {
      const all = await client.integrations.list(context.signal);
      return Promise.all(
        all
          .filter(({ type }) => (type ?? "API") === "API")
          .map((one) =>
            itemOf(
              inboundIntegrationResource,
              client,
              idOf(one),
              (state) => ({
                name: one.inbound_integration_name,
                receivers: ["recipient_groups", "recipient_users"].flatMap((key) => (state[key] ?? []) as string[]),
              }),
              context,
            ),
          ),
      );
    }),
  ],
};
