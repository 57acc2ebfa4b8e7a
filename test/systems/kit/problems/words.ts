import { objectWords } from "../../../../lib/systems/kit/words";
import { acme } from "../../../support/acme";

export { acme };

const attributes = { name: {}, adopt_existing: {} } as never;

/** Several, told apart by name. */
export const pager = objectWords(
  acme,
  { type: "outbound_acme_pager", attributes },
  {
    kind: "e-mail pager",
    identifiedBy: "name" as never,
    where: "Alerting, Pagers",
    importId: { form: "its number", example: "42" },
  },
);

/** Only one. */
export const mail = objectWords(
  acme,
  { type: "outbound_acme_mail", attributes: {} },
  {
    kind: "mail configuration",
    naming: "phrase",
    where: "Settings, Mail",
    importId: { form: "the word mail", example: "mail" },
  },
);
