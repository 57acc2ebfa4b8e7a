import { objectWords, type ApiWords } from "../../../../lib/systems/kit/words";

/** An imaginary system with two kinds of objects. */
export const acme: ApiWords = {
  name: "acme",
  title: "Acme Monitor",
  login: { credential: "the API key", setting: "api_key", fix: "Check acme.api_key (ACME_API_KEY)." },
  rights: "Give the key the right Mail.",
  address: "Check that acme.url leads to the Acme API (https://api.acme.example).",
};

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
