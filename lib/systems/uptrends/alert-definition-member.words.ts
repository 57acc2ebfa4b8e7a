import { objectWords } from "../kit/words";
import { alertDefinitionMemberSchema } from "./alert-definition-member.schema";
import { uptrendsWords } from "./words";

export const definitionMemberWords = objectWords(uptrendsWords, alertDefinitionMemberSchema, {
  kind: "member of an alert definition",
  identifiedBy: "alert_definition_id",
  where: "Alerting, Alert definitions, the definition, Monitors",
  givesBack: true,
  importId: {
    form: "<alert definition>/monitor/<monitor> or <alert definition>/monitor_group/<monitor group>",
    shownBy: "`GET /v4/AlertDefinition/{guid}/Member`, as `MonitorGuid` or `MonitorGroupGuid`",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/monitor/3f1c0c1e-6a8e-4d0a-9a55-0f5f7f0a1b2c",
  },
});
