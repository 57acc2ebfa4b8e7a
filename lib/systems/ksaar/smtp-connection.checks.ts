import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { passwordNeedsUser, userNeedsPassword } from "../kit/smtp-login";
import { insecureOn465, loginAllTheSame, noLogin, secureOn } from "./errors";
import type { smtpConnectionAttributes } from "./smtp-connection.schema";
import { ksaarWords } from "./words";

type Check = SchemaCheck<typeof smtpConnectionAttributes>;

/** The checks across the attributes, run at synth and by the provider. */
export const smtpConnectionChecks: readonly Check[] = [
  passwordNeedsUser(ksaarWords),
  userNeedsPassword(ksaarWords, "The probe logs in with it; it is stored nowhere."),
  {
    describes: "`username` is required unless `without_login` is true",
    check({ username, without_login }) {
      if (username === null && without_login === false) return [noLogin()];
      return typeof username === "string" && without_login === true ? [loginAllTheSame(username)] : [];
    },
  },
  {
    describes: "warns when the port and `secure` do not usually go together",
    check({ port, secure }) {
      if (typeof port !== "number") return [];
      if (port === 465 && secure === false) return [insecureOn465()];
      if (port !== 465 && secure === true) return [secureOn(port)];
      return [];
    },
  },
  knownServers({ host: "host", port: "port", sender: "sender" }),
];
