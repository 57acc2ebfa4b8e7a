import type { Path, Problem } from "../../core/problem";
import { SECURITY_TITLES, type Security } from "../wire/security";

/** What can be wrong with the declaration of the mailbox. */

const at = (attribute: string, problem: Omit<Problem, "path" | "code"> & { readonly code: string }): Problem => ({
  ...problem,
  code: `mail/${problem.code}`,
  path: ["imap", attribute] satisfies Path,
});

export const imapPasswordMissing = () =>
  at("password_wo", {
    code: "mailbox-without-password",
    severity: "error",
    summary: "There is a mailbox to look into but no password for it",
    expected: "`imap.password_wo` beside the user",
    fix: "Add `password_wo` to `imap`, or remove `imap` to test without looking for the mail.",
  });

export const receiverNotNamed = (to: readonly string[]) =>
  at("receiver", {
    code: "mailbox-receiver-missing",
    severity: "error",
    summary: "Whose mailbox this is cannot be told, the test having several receivers",
    expected: `one of ${to.join(", ")}`,
    fix: "Set `receiver` in `imap` to the receiver whose mailbox this is.",
  });

export const notAReceiver = (receiver: string, to: readonly string[]) =>
  at("receiver", {
    code: "mailbox-of-somebody-else",
    severity: "error",
    summary: `The test mail is not sent to ${receiver}, so it cannot arrive there`,
    got: receiver,
    expected: to.length === 1 ? to[0]! : `one of ${to.join(", ")}`,
    fix: "Add the address to `to`, or name the receiver whose mailbox this is.",
  });

export const waitTooLong = (wait: number, timeout: number) =>
  at("wait_seconds", {
    code: "wait-exceeds-timeout",
    severity: "warning",
    summary: "The whole test ends before the wait for its mail does",
    got: `wait_seconds ${wait}, timeout_seconds ${timeout}`,
    expected: "a `timeout_seconds` that leaves time for sending too",
    fix: `Set timeout_seconds to ${wait + 30} or more, or wait less.`,
  });

export const imapPortSuggests = (port: number, declared: Security, usual: Security) =>
  at("security", {
    code: "unusual-imap-port",
    severity: "warning",
    summary: `IMAP on port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
    got: declared,
    expected: usual,
    fix: `Servers on port ${port} usually speak ${SECURITY_TITLES[usual]}. Set security = "${usual}" in \`imap\` unless yours is an exception.`,
  });

/** @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online */
export const mailboxWantsToken = (host: string) =>
  at("access_token", {
    code: "mailbox-wants-token",
    severity: "warning",
    summary: "Microsoft 365 no longer takes passwords for IMAP",
    got: `a password for ${host}`,
    expected: "an OAuth 2.0 access token",
    fix: "Give an access token as `imap.password_wo`, with `imap.access_token = true`. Since January 2023 no tenant can have passwords back.",
    evidence:
      "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
  });

export const mailboxPasswordInClear = () =>
  at("security", {
    code: "credentials-in-clear",
    severity: "warning",
    summary: "The mailbox's password would travel without encryption",
    got: "none",
    expected: "tls",
    fix: 'Set security = "tls" or "starttls" in `imap`; without it, anybody on the way can read the password, and then all mail.',
  });
