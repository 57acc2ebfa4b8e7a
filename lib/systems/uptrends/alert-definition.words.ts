import { objectWords } from "../kit/words";
import { alertDefinitionSchema } from "./alert-definition.schema";
import { uptrendsWords } from "./words";

export const definitionWords = objectWords(uptrendsWords, alertDefinitionSchema, {
  kind: "alert definition",
  where: "Alerting, Alert definitions",
  givesBack: true,
  importId: {
    form: "its GUID, which stands in the address of its page",
    shownBy: "`GET /v4/AlertDefinition`, as `AlertDefinitionGuid`",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902",
  },
});
