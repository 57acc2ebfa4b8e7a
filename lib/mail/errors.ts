import type { Problem } from "../core/problem";
import type { ValueProblem } from "../terraform-plugin/schema";
import { SECURITY_TITLES, type Security } from "./security";

/** Everything the mail room says about a configuration. What the stages say is in `remedies.ts`. */

const value = (
  code: string,
  summary: string,
  got: string | undefined,
  expected: string,
  fix: string,
): ValueProblem => ({
  code: `mail/${code}`,
  severity: "error",
  summary,
  ...(got === undefined ? {} : { got: JSON.stringify(got).slice(0, 200) }),
  expected,
  fix,
});

export const noElement = () =>
  value("no-receiver", "There is no receiver", "[]", "at least one address", "Name who shall receive the test mail.");

export const lineBreak = (got: string) =>
  value(
    "line-break",
    "The value contains a line break or another control character",
    got,
    "one line",
    "Remove it: it would end the SMTP command or the header that the value is written into.",
  );

export const notIpAndPort = (got: string) =>
  value(
    "not-ip-and-port",
    `${JSON.stringify(got)} is not an address with a port`,
    got,
    '"203.0.113.25:587", an IPv6 address in brackets',
    "Write the flow's IP address and port, separated by a colon.",
  );

export const notAnEnvironmentName = () =>
  value(
    "not-an-environment-name",
    "The value is not the name of an environment variable",
    undefined,
    "letters, digits and underscores, for instance SMTP_PASSWORD",
    "Name the variable that holds the password; never write the password itself here.",
  );

export const passwordWithoutUser = (attribute: string): Problem => ({
  code: "mail/password-without-user",
  severity: "error",
  summary: "There is a password but no user",
  path: [attribute],
  expected: "`username` beside the password",
  fix: "Add `username`, or remove the password to send without logging in.",
});

export const userWithoutPassword = (attribute: string): Problem => ({
  code: "mail/user-without-password",
  severity: "error",
  summary: "There is a user but no password",
  path: ["username"],
  expected: `\`${attribute}\` beside the user`,
  fix: `Add \`${attribute}\`, or remove \`username\` to send without logging in.`,
});

export const portSuggests = (port: number, declared: Security, usual: Security): Problem => ({
  code: "mail/unusual-port",
  severity: "warning",
  summary: `Port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
  path: ["security"],
  got: declared,
  expected: usual,
  fix: `Servers on port ${port} usually speak ${SECURITY_TITLES[usual]}. Set security = "${usual}" unless yours is an exception.`,
});

export const plainText = (host: string): Problem => ({
  code: "mail/plain-text",
  severity: "warning",
  summary: `Mail to ${host} travels without encryption`,
  path: ["security"],
  got: "none",
  expected: "starttls",
  fix: 'Alerts name hosts and faults, and anybody on the way can read or change them. Set security = "starttls" if the server offers it.',
});

export const credentialsInClear = (): Problem => ({
  code: "mail/credentials-in-clear",
  severity: "warning",
  summary: "The password would travel without encryption",
  path: ["security"],
  got: "none",
  expected: "starttls",
  fix: 'Set security = "starttls" or "tls"; without it, anybody on the way can read the password.',
});
