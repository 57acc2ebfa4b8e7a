import { objectWords } from "../kit/words";
import { tenantMailSchema } from "./tenant-mail.schema";
import { uipathWords } from "./words";

export const tenantMailWords = objectWords(uipathWords, tenantMailSchema, {
  kind: "mail configuration",
  naming: "phrase",
  where: "Tenant, Settings, Mail",
  importId: { form: "the word tenant", example: "tenant" },
});
