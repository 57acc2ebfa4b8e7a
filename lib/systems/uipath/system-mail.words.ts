import { objectWords } from "../kit/words";
import { systemMailSchema } from "./system-mail.schema";
import { uipathWords } from "./words";

export const systemMailWords = objectWords(uipathWords, systemMailSchema, {
  kind: "system mail configuration",
  naming: "phrase",
  where: "Admin, Organization settings, Mail",
  importId: {
    form: "organization/<id of the organization>, or the word host",
    shownBy:
      "`GET /api/Setting` of the identity server answers with it as `partitionGlobalId`; access tokens have it as `prt_id`",
    example: "organization/3fa85f64-5717-4562-b3fc-2c963f66afa6",
  },
});
