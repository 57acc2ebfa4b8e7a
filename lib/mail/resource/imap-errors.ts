import { written, type Path, type Written } from "../../core/problem";
import { say, setting } from "../../core/prose";
import { SECURITY_TITLES, type Security } from "../wire/security";

/** What can be wrong with the declaration of the mailbox. */

const at = (attribute: string, problem: Omit<Written, "path">) =>
  written({ ...problem, code: `mail/${problem.code}`, path: ["imap", attribute] satisfies Path });

export const imapPasswordMissing = () =>
  at("password_wo", {
    code: "mailbox-without-password",
    severity: "error",
    summary: "There is a mailbox to look into but no password for it",
    expected: say`${setting("imap.password_wo")} beside the user`,
    fix: say`Add ${setting("imap.password_wo")}, or remove ${setting("imap")} to test without looking for the mail.`,
  });

export const mailboxVariableUnset = (variable: string) =>
  at("password_environment", {
    code: "mailbox-password-missing",
    severity: "error",
    summary: `The environment variable ${variable} is not set`,
    expected: "the mailbox's password in it, where Terraform runs",
    fix: say`Set ${variable}, or remove ${setting("imap")} to test without looking for the mail.`,
  });

export const receiverNotNamed = (to: readonly string[]) =>
  at("receiver", {
    code: "mailbox-receiver-missing",
    severity: "error",
    summary: "Whose mailbox this is cannot be told, the test having several receivers",
    expected: `one of ${to.join(", ")}`,
    fix: say`Set ${setting("imap.receiver")} to the receiver whose mailbox this is.`,
  });

export const notAReceiver = (receiver: string, to: readonly string[]) =>
  at("receiver", {
    code: "mailbox-of-somebody-else",
    severity: "error",
    summary: `The test mail is not sent to ${receiver}, so it cannot arrive there`,
    got: receiver,
    expected: to.length === 1 ? to[0]! : `one of ${to.join(", ")}`,
    fix: say`Add the address to ${setting("to")}, or name the receiver whose mailbox this is.`,
  });

export const waitTooLong = (wait: number, timeout: number) =>
  at("wait_seconds", {
    code: "wait-exceeds-timeout",
    severity: "warning",
    summary: "The whole test ends before the wait for its mail does",
    got: say`${setting("imap.wait_seconds", String(wait))}, ${setting("timeout_seconds", String(timeout))}`,
    expected: say`a ${setting("timeout_seconds")} that leaves time for sending too`,
    fix: say`Set ${setting("timeout_seconds", String(wait + 30))} or more, or wait less.`,
  });

export const imapPortSuggests = (port: number, declared: Security, usual: Security) =>
  at("security", {
    code: "unusual-imap-port",
    severity: "warning",
    summary: `IMAP on port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
    got: declared,
    expected: usual,
    fix: say`Servers on port ${String(port)} usually speak ${SECURITY_TITLES[usual]}. Set ${setting("imap.security", usual)} unless yours is an exception.`,
  });

/** @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online */
export const mailboxWantsToken = (host: string, password: string) =>
  at("access_token", {
    code: "mailbox-wants-token",
    severity: "warning",
    summary: "Microsoft 365 no longer takes passwords for IMAP",
    got: `a password for ${host}`,
    expected: "an OAuth 2.0 access token",
    fix: say`Give an access token as ${setting(password)}, with ${setting("imap.access_token", "true")}. Since January 2023 no tenant can have passwords back.`,
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
    fix: say`Set ${setting("imap.security", "tls")} or ${setting("imap.security", "starttls")}; without it, anybody on the way can read the password, and then all mail.`,
  });
