import { objectWords } from "../kit/words";
import { inboundIntegrationSchema } from "./inbound-integration.schema";
import { alertOpsWords } from "./words";

export const integrationWords = objectWords(alertOpsWords, inboundIntegrationSchema, {
  kind: "inbound integration",
  where: "Integrations, Inbound Integrations",
  importId: {
    form: "its number, which stands in the address of its page",
    shownBy: "`GET /api/v2/integrations/inbound`, as `inbound_integration_id`",
    example: "4711",
  },
});
