import { objectWords } from "../kit/words";
import { escalationLevelSchema } from "./escalation-level.schema";
import { uptrendsWords } from "./words";

export const levelWords = objectWords(uptrendsWords, escalationLevelSchema, {
  kind: "escalation level",
  where: "Alerting, Alert definitions, the definition",
  importId: {
    form: "<alert definition>/<level>, levels from 1",
    shownBy:
      "`GET /v4/AlertDefinition`, as `AlertDefinitionGuid`; levels are numbered in the order in which the definition shows them",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1",
  },
});
