import { cutShort } from "../../core/cut-short";
import { written, type Problem } from "../../core/problem";
import { prose, setting, type Prose } from "../../core/prose";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { timeSpan } from "../../core/time-span";
import type { ConnectionSecurity } from "../../core/topology";
import { SECURITY_TITLES } from "../wire/security";

/** What is wrong with the attributes; and the rows of the diagnosis' tables, filled in. */

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
  ...(got === undefined ? {} : { got: cutShort(JSON.stringify(got), 200) }),
  expected,
  fix,
});

export const notIpAndPort = (got: string) =>
  value(
    "not-ip-and-port",
    `${JSON.stringify(got)} is not an address with a port`,
    got,
    '"203.0.113.25:587", an IPv6 address in brackets',
    "Write the flow's IP address and port, separated by a colon.",
  );

export const notIpAddress = (got: string) =>
  value(
    "not-ip-address",
    `${JSON.stringify(got)} is not an IP address`,
    got,
    '"203.0.113.25" or "2001:db8::25"',
    "Write one address: no network, no name, no port.",
  );

export const notNameServer = (got: string) =>
  value(
    "not-name-server",
    `${JSON.stringify(got)} does not say where a name server is`,
    got,
    '"192.0.2.53", with a port "192.0.2.53:5353" or "[2001:db8::53]:53"',
    "Write the name server's IP address, and its port when that is not 53.",
  );

/** `inner` is the part before `._domainkey`, if present. */
export const notDkimSelector = (got: string, inner: string | undefined) =>
  value(
    "not-dkim-selector",
    `${JSON.stringify(got)} is not a DKIM selector`,
    got,
    "letters, digits and hyphens, as in the tag s= of the header DKIM-Signature",
    inner === undefined || inner === ""
      ? "Write what stands between `s=` and the next semicolon in the DKIM-Signature of a mail that the server sent."
      : `Did you mean ${JSON.stringify(inner)}? A selector is what stands before ._domainkey.`,
  );

export const notAnEnvironmentName = () =>
  value(
    "not-an-environment-name",
    "The value is not the name of an environment variable",
    undefined,
    "letters, digits and underscores, for instance SMTP_PASSWORD",
    "Name the variable that holds the password; never write the password itself here.",
  );

export const passwordWithoutUser = (attribute: string): Problem =>
  written({
    code: "mail/password-without-user",
    severity: "error",
    summary: "There is a password but no user",
    path: [attribute],
    expected: prose`${setting("username")} beside the password`,
    fix: prose`Add ${setting("username")}, or remove the password to send without logging in.`,
  });

export const userWithoutPassword = (attribute: string): Problem =>
  written({
    code: "mail/user-without-password",
    severity: "error",
    summary: "There is a user but no password",
    path: ["username"],
    expected: prose`${setting(attribute)} beside the user`,
    fix: prose`Add ${setting(attribute)}, or remove ${setting("username")} to send without logging in.`,
  });

export const mechanismWithoutUser = (mechanism: string): Problem =>
  written({
    code: "mail/mechanism-without-user",
    severity: "error",
    summary: "There is a way to log in but nobody who logs in",
    path: ["auth_mechanism"],
    got: mechanism,
    expected: prose`${setting("username")} and a password beside it`,
    fix: prose`Add ${setting("username")}, or remove ${setting("auth_mechanism")} to send without logging in.`,
  });

const between = (names: readonly string[], separator: string): Prose =>
  names.flatMap((name, index) => (index === 0 ? [setting(name)] : [separator, setting(name)]));

/** @param ways settings, one of which is needed */
export const dkimNeverShown = (ways: readonly string[]): Problem =>
  written({
    code: "mail/dkim-never-shown",
    severity: "error",
    summary: "DKIM is required, and nothing here could show it",
    path: ["alignment", "require"],
    expected: between(ways, " or "),
    fix: prose`Add ${between(ways, ", so that a mail arrives whose signature can be verified, or ")} with the server's selectors; or take "dkim" out of ${setting("alignment.require")}.`,
  });

export const blockListsWithoutAddress: Problem = written({
  code: "mail/block-lists-without-address",
  severity: "error",
  summary: "Block lists are to be asked, and no address is declared that they could have",
  path: ["alignment", "block_lists"],
  expected: prose`${setting("source_ips")} beside it`,
  fix: prose`Declare ${setting("source_ips")}, the addresses under which receivers see the sending server; or leave ${setting("block_lists")} out.`,
});

const warning = (code: string, summary: string, got: string, expected: string, fix: Prose): Problem =>
  written({ code: `mail/${code}`, severity: "warning", summary, path: ["security"], got, expected, fix });

export const portSuggests = (port: number, declared: ConnectionSecurity, usual: ConnectionSecurity) =>
  warning(
    "unusual-port",
    `Port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
    declared,
    usual,
    prose`Servers on port ${String(port)} usually speak ${SECURITY_TITLES[usual]}. Set ${setting("security", usual)} unless yours is an exception.`,
  );

export const plainText = (host: string) =>
  warning(
    "plain-text",
    `Mail to ${host} travels without encryption`,
    "none",
    "starttls",
    prose`Alerts name hosts and faults, and anybody on the way can read or change them. Set ${setting("security", "starttls")} if the server offers it.`,
  );

export const credentialsInClear = () =>
  warning(
    "credentials-in-clear",
    "The password would travel without encryption",
    "none",
    "starttls",
    prose`Set ${setting("security", "starttls")} or ${setting("security", "tls")}; without it, anybody on the way can read the password.`,
  );

export const cannotImport = (id: string): Problem => ({
  code: "mail/test-cannot-be-imported",
  severity: "error",
  summary: "A test e-mail cannot be imported",
  got: id,
  fix: "Declare the resource and apply: a test was sent or it was not, there is no object outside that Terraform could take over.",
});

/** Reported during planning: why a test runs again although nothing has changed. */
export const testedLongAgo = (testedAt: string, age: number, after: string): Problem => ({
  code: "mail/tested-long-ago",
  severity: "warning",
  summary: `The apply tests again: the last test is ${timeSpan(age)} old`,
  path: ["rerun_after"],
  got: `tested_at = ${JSON.stringify(testedAt)}`,
  expected: `a test that is younger than rerun_after = ${JSON.stringify(after)}`,
  fix: "Nothing: apply, and a test mail proves the chain anew.",
});
