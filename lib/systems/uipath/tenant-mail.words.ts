import { objectWords } from "../kit/words";
import { tenantMailSchema } from "./tenant-mail.schema";
import { uipathWords } from "./words";

export const tenantMailWords = objectWords(uipathWords, tenantMailSchema, {
  kind: "mail configuration",
  naming: "phrase",
  where: "Tenant, Settings, Mail",
  importId: {
    form: "the word tenant",
    shownBy: "nothing has to be looked up: there is one for each tenant, and the provider's settings name the tenant",
    example: "tenant",
  },
});
