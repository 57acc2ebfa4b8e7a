import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { insecureOn465, passwordWithoutUser, secureOn, userWithoutPassword } from "./errors";
import type { smtpConnectionAttributes } from "./smtp-connection.schema";

type Check = SchemaCheck<typeof smtpConnectionAttributes>;

/** What holds between the attributes, checked at synth and again by the provider. */
export const smtpConnectionChecks: readonly Check[] = [
  {
    describes: "`username` and `password_wo` are given together",
    check({ username, password_wo }) {
      if (username === null && typeof password_wo === "string") return [passwordWithoutUser()];
      if (typeof username === "string" && password_wo === null) return [userWithoutPassword(username)];
      return [];
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
