import { objectWords, type SystemWords } from "../kit/words";
import { smtpConnectionSchema } from "./smtp-connection.schema";

export const ksaarWords: SystemWords = { name: "ksaar", title: "Ksaar" };

export const smtpConnectionWords = objectWords(ksaarWords, smtpConnectionSchema, {
  kind: "SMTP connection",
  where: "Connectors, SMTP",
  // There is no API to read it from.
  importId: false,
});
