import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { levelMemberWords } from "./escalation-level-member.words";
import { memberResource } from "./member-resource";

/** `outbound_uptrends_escalation_level_member`: an operator or group that a level notifies. */
export const escalationLevelMemberResource = memberResource(escalationLevelMemberSchema, levelMemberWords, "level");
