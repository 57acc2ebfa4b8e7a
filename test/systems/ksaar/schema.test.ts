import { smtpConnectionSchema } from "../../../lib/systems/ksaar/smtp-connection.schema";
import { validateConfig } from "../../../lib/terraform-plugin/validate";
import { connection } from "./room";

const given = (changes: Record<string, unknown>) =>
  validateConfig(smtpConnectionSchema, { ...connection(), password_wo: "secret", ...changes } as never).map(
    ({ code, severity }) => `${severity} ${code}`,
  );

it.each([
  ["nothing to complain about", {}, []],
  ["a port Ksaar does not offer", { port: 26 }, ["error value/not-allowed"]],
  ["a mechanism Ksaar does not know", { authentication: "XOAUTH2" }, ["error value/not-allowed"]],
  ["an address without a domain", { sender: "alerts" }, ["error value/bad-email-address"]],
  ["a line break in the name", { name: "a\r\nb" }, ["error value/line-break"]],
  ["a user without a password", { password_wo: null }, ["error ksaar/user-without-password"]],
  ["a password without a user", { username: null, without_login: true }, ["error ksaar/password-without-user"]],
  ["neither of them", { username: null, password_wo: null }, ["error ksaar/no-login"]],
  ["neither of them, on purpose", { username: null, password_wo: null, without_login: true }, []],
  ["a user where none is wanted", { without_login: true }, ["error ksaar/login-all-the-same"]],
  ["465 without TLS", { port: 465, secure: false }, ["warning ksaar/insecure-on-465"]],
  ["465, and Ksaar's own advice", { port: 465 }, []],
  ["587 with TLS from the first byte", { port: 587, secure: true }, ["warning ksaar/secure-on-plain-port"]],
  ["a confirmation that is no digest", { confirmed: "yes" }, ["error ksaar/not-a-digest"]],
])("%s", (_, changes, expected) => {
  expect(given(changes)).toEqual(expected);
});
