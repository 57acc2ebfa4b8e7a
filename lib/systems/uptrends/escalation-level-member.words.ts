import { objectWords } from "../kit/words";
import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { uptrendsWords } from "./words";

export const levelMemberWords = objectWords(uptrendsWords, escalationLevelMemberSchema, {
  kind: "member of an escalation level",
  identifiedBy: "alert_definition_id",
  where: "Alerting, Alert definitions, the definition, the level",
  givesBack: true,
  importId: {
    form: "<alert definition>/<level>/operator/<operator> or <alert definition>/<level>/operator_group/<operator group>",
    shownBy: "`GET /v4/AlertDefinition/{guid}/EscalationLevel/{id}/Member`, as `OperatorGuid` or `OperatorGroupGuid`",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1/operator/7bcb0fae-85c8-4bbe-b117-fd346f21c7be",
  },
});
