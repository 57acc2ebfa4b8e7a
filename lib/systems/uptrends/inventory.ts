import { collection, itemOf, type InventorySource } from "../kit/inventory";
import { alertDefinitionResource } from "./alert-definition.resource";
import { alertDefinitionSchema } from "./alert-definition.schema";
import type { UptrendsClient } from "./client";
import { attachmentId, levelId } from "./ids";
import { escalationLevelResource } from "./escalation-level.resource";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentResource } from "./integration-attachment.resource";
import { integrationAttachmentSchema } from "./integration-attachment.schema";

/** Alert definitions, their levels that alert, and the integrations on all of their levels. */
export const inventory: InventorySource<UptrendsClient> = {
  async list(client, _, context) {
    const { signal } = context;
    const definitions = () => client.definitions.list(signal);
    const levels = async () =>
      (
        await Promise.all(
          (await definitions()).map(async ({ AlertDefinitionGuid: definition, AlertName }) =>
            (await client.levels(definition).list(signal)).map((level) => ({
              definition,
              level: level.Id,
              active: level.IsActive !== false,
              name: `${AlertName ?? definition} level ${level.Id}`,
            })),
          ),
        )
      ).flat();
    return Promise.all([
      collection(alertDefinitionSchema, "alert definitions", signal, async () =>
        Promise.all(
          (await definitions()).map(({ AlertDefinitionGuid: id, AlertName }) =>
            itemOf(alertDefinitionResource, client, id, () => ({ name: AlertName ?? id }), context),
          ),
        ),
      ),
      collection(escalationLevelSchema, "escalation levels", signal, async () =>
        Promise.all(
          (await levels())
            .filter(({ active }) => active)
            .map(({ definition, level, name }) =>
              itemOf(
                escalationLevelResource,
                client,
                levelId(definition, level),
                () => ({ name, builtIn: true }),
                context,
              ),
            ),
        ),
      ),
      collection(integrationAttachmentSchema, "integrations on escalation levels", signal, async () => {
        const places = await Promise.all(
          (await levels()).map(async ({ definition, level, name }) =>
            (await client.attachments(definition, level).list(signal)).map((one) => ({
              id: attachmentId(definition, level, one.IntegrationGuid),
              name: `${name} ${one.Name ?? "integration"}`,
              variables: Object.keys(one.VariableValues ?? {}),
            })),
          ),
        );
        return Promise.all(
          places.flat().map(({ id, name, variables }) =>
            itemOf(
              integrationAttachmentResource,
              client,
              id,
              (state) => ({
                name,
                secrets: variables.map((key) => ({
                  attribute: "variable_values_wo",
                  key,
                  purpose: `the value of ${key} on ${name}`,
                })),
                receivers: (state["extra_email_addresses"] ?? []) as string[],
              }),
              context,
            ),
          ),
        );
      }),
    ]);
  },
};
