import { ProblemError } from "../../core/problem";
import type { EphemeralResource } from "../../terraform-plugin/resource";
import type { AlertOpsClient } from "./client";
import { noIntegration, urlUnknown } from "./errors";
import { inboundUrlSchema, type InboundUrlSchema } from "./inbound-url.schema";

/** `ephemeral "outbound_alertops_inbound_integration"`: the URL, while Terraform runs. */
export const inboundUrlEphemeral: EphemeralResource<InboundUrlSchema, AlertOpsClient> = {
  schema: inboundUrlSchema,

  async open({ id, api_url, timeouts }, { client, signal, redactor }) {
    if (api_url !== null) {
      redactor.add(api_url);
      return { id, api_url, api_url_source: "config", timeouts };
    }
    const held = await client.integrations.find(id, { signal });
    if (held === undefined) throw new ProblemError(noIntegration(id));
    const found = client.urlOf(held);
    if (found === undefined) throw new ProblemError(urlUnknown(id, held.inbound_integration_name));
    return { id, api_url: found.url, api_url_source: found.source, timeouts };
  },
};
