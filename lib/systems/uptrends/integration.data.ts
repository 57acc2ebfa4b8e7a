import { ProblemError } from "../../core/problem";
import type { DataSource } from "../../terraform-plugin/resource";
import { nearestWord } from "../../validators/did-you-mean";
import type { UptrendsClient } from "./client";
import { ambiguousIntegration, noIntegration, wrongIntegrationType } from "./errors";
import { integrationSchema, type IntegrationSchema } from "./integration.schema";

/** data `outbound_uptrends_integration`: the exact name or nothing. */
export const integrationData: DataSource<IntegrationSchema, UptrendsClient> = {
  schema: integrationSchema,

  async read({ name, type, timeouts }, { client, signal }) {
    const all = await client.allIntegrations(signal);
    const named = all.filter((one) => one.Name === name);
    if (named.length === 0) {
      const candidates = all.map((one) => one.Name ?? "").filter((one) => one !== "");
      throw new ProblemError(noIntegration(name, candidates, nearestWord(name, candidates)));
    }
    if (named.length > 1) {
      throw new ProblemError(
        ambiguousIntegration(
          name,
          named.map((one) => one.IntegrationGuid),
        ),
      );
    }
    const found = named[0]!;
    if (type !== null && found.Type !== type) {
      throw new ProblemError(wrongIntegrationType(name, found.Type ?? "nothing", type));
    }
    return { name, type: found.Type ?? null, id: found.IntegrationGuid, timeouts };
  },
};
