import type { Attributes, SchemaCheck } from "../../terraform-plugin/schema";
import { isLoopback } from "../wire/loopback";
import {
  credentialsInClear,
  mechanismWithoutUser,
  passwordWithoutUser,
  plainText,
  portSuggests,
  userWithoutPassword,
} from "./errors";

/** A user needs a password and a password a user; `password` is the attribute that holds it. */
export function credentialsTogether<A extends Attributes>(password: string): SchemaCheck<A> {
  return {
    describes: `\`username\` and \`${password}\` are given together`,
    check(values) {
      const { username, [password]: secret } = values as Record<string, unknown>;
      if (username === null && typeof secret === "string") return [passwordWithoutUser(password)];
      if (typeof username === "string" && secret === null) return [userWithoutPassword(password)];
      return [];
    },
  };
}

/** A login mechanism needs a user. */
export function mechanismNeedsUser<A extends Attributes>(): SchemaCheck<A> {
  return {
    describes: "`auth_mechanism` needs `username`",
    check(values) {
      const { username, auth_mechanism: mechanism } = values as Record<string, unknown>;
      return username === null && typeof mechanism === "string" ? [mechanismWithoutUser(mechanism)] : [];
    },
  };
}

/** A legal but unlikely port is a warning. */
export function unusualPort<A extends Attributes>(): SchemaCheck<A> {
  return {
    describes: "warns when the port and `security` do not usually go together",
    check(values) {
      const { smtp_port: port, security, username, smtp_host: host } = values as Record<string, unknown>;
      // Defaults are not filled in yet where checks run at synth.
      const effective = security === null ? "starttls" : security;
      const problems = [];
      if (port === 587 && effective === "tls") problems.push(portSuggests(587, "tls", "starttls"));
      if (port === 465 && effective === "starttls") problems.push(portSuggests(465, "starttls", "tls"));
      if (effective === "none" && typeof host === "string" && !isLoopback(host)) {
        problems.push(typeof username === "string" ? credentialsInClear() : plainText(host));
      }
      return problems;
    },
  };
}
