import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { levelMemberWords } from "./escalation-level-member.words";
import { memberResource } from "./member-resource";

/** `outbound_uptrends_escalation_level_member`: whom a level tells. */
export const escalationLevelMemberResource = memberResource(escalationLevelMemberSchema, levelMemberWords, "level");
