import type { DataSource } from "../../terraform-plugin/resource";
import { existingDefinitionSchema, type ExistingDefinitionSchema } from "./alert-definition.data-schema";
import type { UptrendsClient } from "./client";
import { ambiguousNamed, nothingNamed } from "./errors";
import { exactlyNamed } from "./exact-name";
import { definitionId } from "./ids";
import { warnOfNoMonitors } from "./silence";

/** data `outbound_uptrends_alert_definition`: an existing definition, by its exact name only. */
export const existingDefinitionData: DataSource<ExistingDefinitionSchema, UptrendsClient> = {
  schema: existingDefinitionSchema,

  async read({ name, timeouts }, context) {
    const { client, signal } = context;
    const all = await client.definitions.list(signal);
    const named = all.map((one) => ({
      name: one.AlertName ?? "",
      id: definitionId(one),
      enabled: one.IsActive ?? null,
    }));
    const { id, enabled } = exactlyNamed(named, name, {
      missing: (candidates, nearest) => nothingNamed("alert definition", name, candidates, nearest),
      ambiguous: (ids) => ambiguousNamed("alert definition", name, ids),
    });
    await warnOfNoMonitors({ id, name, enabled }, context);
    return { name, id, enabled, timeouts };
  },
};
