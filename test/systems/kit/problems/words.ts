import { objectWords } from "../../../../lib/systems/kit/words";
import { acme } from "../../../support/acme";

export { acme };

/** Several, told apart by name. */
export const pager = objectWords(
  acme,
  {
    type: "outbound_acme_pager",
    attributes: { adopt_existing: {} } as never,
    identity: { attributes: ["name"], twins: false },
  },
  {
    kind: "e-mail pager",
    where: "Alerting, Pagers",
    importId: { form: "its number", shownBy: "its list", example: "42" },
  },
);

/** Only one. */
export const mail = objectWords(
  acme,
  { type: "outbound_acme_mail", attributes: {}, identity: { attributes: [], twins: false } },
  {
    kind: "mail configuration",
    naming: "phrase",
    where: "Settings, Mail",
    importId: { form: "the word mail", shownBy: "its list", example: "mail" },
  },
);
