import { objectWords } from "../kit/words";
import { integrationAttachmentSchema } from "./integration-attachment.schema";
import { uptrendsWords } from "./words";

export const attachmentWords = objectWords(uptrendsWords, integrationAttachmentSchema, {
  kind: "integration attachment",
  where: "Alerting, Alert definitions, the definition, Integrations",
  importId: {
    form: "<alert definition>/<level>/<integration>",
    shownBy:
      "`GET /v4/AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Integration`, as `IntegrationGuid`",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1/5c3f0c1e-6a8e-4d0a-9a55-0f5f7f0a1b2c",
  },
});
