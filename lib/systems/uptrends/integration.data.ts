import { ProblemError } from "../../core/problem";
import type { DataSource } from "../../terraform-plugin/resource";
import type { UptrendsClient } from "./client";
import { ambiguousIntegration, noIntegration, wrongIntegrationType } from "./errors";
import { exactlyNamed } from "./exact-name";
import { integrationSchema, type IntegrationSchema } from "./integration.schema";

/** data `outbound_uptrends_integration`: an integration, by its exact name only. */
export const integrationData: DataSource<IntegrationSchema, UptrendsClient> = {
  schema: integrationSchema,

  async read({ name, type, timeouts }, { client, signal }) {
    const all = await client.allIntegrations(signal);
    const named = all.map((one) => ({ name: one.Name ?? "", id: one.IntegrationGuid, type: one.Type ?? null }));
    const found = exactlyNamed(named, name, {
      missing: (candidates, nearest) => noIntegration(name, candidates, nearest),
      ambiguous: (ids) => ambiguousIntegration(name, ids),
    });
    if (type !== null && found.type !== type) {
      throw new ProblemError(wrongIntegrationType(name, found.type ?? "nothing", type));
    }
    return { name, type: found.type, id: found.id, timeouts };
  },
};
