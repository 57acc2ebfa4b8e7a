import { alertDefinitionMemberSchema } from "./alert-definition-member.schema";
import { definitionMemberWords } from "./alert-definition-member.words";
import { memberResource } from "./member-resource";

/** `outbound_uptrends_alert_definition_member`: a monitor or group that a definition alerts for. */
export const alertDefinitionMemberResource = memberResource(
  alertDefinitionMemberSchema,
  definitionMemberWords,
  "definition",
);
