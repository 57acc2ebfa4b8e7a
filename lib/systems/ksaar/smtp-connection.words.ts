import { objectWords } from "../kit/words";
import { smtpConnectionSchema } from "./smtp-connection.schema";
import { ksaarWords } from "./words";

export const smtpConnectionWords = objectWords(ksaarWords, smtpConnectionSchema, {
  kind: "SMTP connection",
  where: "Connectors, SMTP",
  // There is no API to read it from.
  importId: false,
});
