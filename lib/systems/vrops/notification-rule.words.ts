import { objectWords } from "../kit/words";
import { notificationRuleSchema } from "./notification-rule.schema";
import { vropsWords } from "./words";

export const ruleWords = objectWords(vropsWords, notificationRuleSchema, {
  kind: "notification rule",
  where: "Alerts, Notifications",
  importId: {
    form: "its id, a GUID",
    shownBy: "`GET /suite-api/api/notifications/rules`, as `id`",
    example: "493b1a14-ad34-4f0a-a2b4-97c99eb4bc75",
  },
});
