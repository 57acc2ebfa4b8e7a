import { objectWords } from "../kit/words";
import { webhookSchema } from "./webhook.schema";
import { uipathWords } from "./words";

export const webhookWords = objectWords(uipathWords, webhookSchema, {
  kind: "webhook",
  where: "Tenant, Webhooks",
  importId: {
    form: "its number, which stands in the address of its page",
    shownBy: "`GET /odata/Webhooks`, as `Id`",
    example: "42",
  },
});
