import { objectWords } from "../kit/words";
import { smtpConnectionSchema } from "./smtp-connection.schema";
import { ksaarWords } from "./words";

export const smtpConnectionWords = objectWords(ksaarWords, smtpConnectionSchema, {
  kind: "SMTP connection",
  where: "Connectors, SMTP",
  importId: {
    none: "Declare outbound_ksaar_smtp_connection as the connection is in Ksaar and apply: that changes nothing there. Then compare it with Ksaar's screen and set `confirmed`.",
  },
});
