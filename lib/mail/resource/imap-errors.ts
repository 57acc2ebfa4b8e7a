import { renderPath, written, type Path, type Written } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import type { ConnectionSecurity } from "../../core/topology";
import { SECURITY_TITLES } from "../wire/security";

/** What can be wrong with the declaration of a mailbox. */

/** The path of a mailbox: of the first, or of a further one. */
export type MailboxPath = readonly ["imap"] | readonly ["more_mailboxes", number];

const at = (mailbox: MailboxPath, attribute: string, problem: Omit<Written, "path">) =>
  written({ ...problem, code: `mail/${problem.code}`, path: [...mailbox, attribute] satisfies Path });

const own = (mailbox: MailboxPath, attribute: string, value?: string) =>
  setting(`${renderPath(mailbox)}.${attribute}`, value);

export const imapPasswordMissing = (mailbox: MailboxPath) =>
  at(mailbox, "password_wo", {
    code: "mailbox-without-password",
    severity: "error",
    summary: "There is a mailbox to look into but no password for it",
    expected: prose`${own(mailbox, "password_wo")} beside the user`,
    fix: prose`Add ${own(mailbox, "password_wo")}, or remove ${setting(renderPath(mailbox))} to test without looking for the mail.`,
  });

export const mailboxVariableUnset = (variable: string) =>
  at(["imap"], "password_environment", {
    code: "mailbox-password-missing",
    severity: "error",
    summary: `The environment variable ${variable} is not set`,
    expected: "the mailbox's password in it, where Terraform runs",
    fix: prose`Set ${variable}, or remove ${setting("imap")} to test without looking for the mail.`,
  });

export const receiverNotNamed = (mailbox: MailboxPath, to: readonly string[]) =>
  at(mailbox, "receiver", {
    code: "mailbox-receiver-missing",
    severity: "error",
    summary: "Whose mailbox this is cannot be told, the test having several receivers",
    expected: `one of ${to.join(", ")}`,
    fix: prose`Set ${own(mailbox, "receiver")} to the receiver whose mailbox this is.`,
  });

export const notAReceiver = (mailbox: MailboxPath, receiver: string, to: readonly string[]) =>
  at(mailbox, "receiver", {
    code: "mailbox-of-somebody-else",
    severity: "error",
    summary: `The test mail is not sent to ${receiver}, so it cannot arrive there`,
    got: receiver,
    expected: to.length === 1 ? to[0]! : `one of ${to.join(", ")}`,
    fix: prose`Add the address to ${setting("to")}, or name the receiver whose mailbox this is.`,
  });

/** The receiver has a mailbox already. */
export const secondMailbox = (mailbox: MailboxPath, receiver: string, first: MailboxPath) =>
  at(mailbox, "receiver", {
    code: "second-mailbox",
    severity: "error",
    summary: `There are two mailboxes for ${receiver}`,
    got: prose`${setting(renderPath(first))} and ${setting(renderPath(mailbox))}`,
    expected: "one mailbox for each receiver",
    fix: prose`Remove one of the two, or set ${own(mailbox, "receiver")} to the receiver whose mailbox this is.`,
  });

/** The mail of one receiver in it would look like the mail of the other. */
export const sharedMailbox = (mailbox: MailboxPath, first: MailboxPath) =>
  at(mailbox, "username", {
    code: "shared-mailbox",
    severity: "error",
    summary: "One mailbox cannot show that the mail arrived for two receivers",
    got: prose`the same user of the same server as ${setting(renderPath(first))}`,
    expected: "a mailbox for each receiver",
    fix: prose`Keep it for one of the two receivers and remove ${setting(renderPath(mailbox))}, or name the user of the other's own mailbox.`,
  });

export const waitTooLong = (mailbox: MailboxPath, wait: number, timeout: number) =>
  at(mailbox, "wait_seconds", {
    code: "wait-exceeds-timeout",
    severity: "warning",
    summary: "The whole test ends before the wait for its mail does",
    got: prose`${own(mailbox, "wait_seconds", String(wait))}, ${setting("timeout_seconds", String(timeout))}`,
    expected: prose`a ${setting("timeout_seconds")} that leaves time for sending too`,
    fix: prose`Set ${setting("timeout_seconds", String(wait + 30))} or more, or wait less.`,
  });

export const imapPortSuggests = (
  mailbox: MailboxPath,
  port: number,
  declared: ConnectionSecurity,
  usual: ConnectionSecurity,
) =>
  at(mailbox, "security", {
    code: "unusual-imap-port",
    severity: "warning",
    summary: `IMAP on port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
    got: declared,
    expected: usual,
    fix: prose`Servers on port ${String(port)} usually speak ${SECURITY_TITLES[usual]}. Set ${own(mailbox, "security", usual)} unless yours is an exception.`,
  });

/** @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online */
export const mailboxWantsToken = (mailbox: MailboxPath, host: string, password: string) =>
  at(mailbox, "access_token", {
    code: "mailbox-wants-token",
    severity: "warning",
    summary: "Microsoft 365 no longer takes passwords for IMAP",
    got: `a password for ${host}`,
    expected: "an OAuth 2.0 access token",
    fix: prose`Give an access token as ${own(mailbox, password)}, with ${own(mailbox, "access_token", "true")}. Since January 2023 no tenant can have passwords back.`,
    evidence:
      "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
  });

export const mailboxPasswordInClear = (mailbox: MailboxPath) =>
  at(mailbox, "security", {
    code: "credentials-in-clear",
    severity: "warning",
    summary: "The mailbox's password would travel without encryption",
    got: "none",
    expected: "tls",
    fix: prose`Set ${own(mailbox, "security", "tls")} or ${own(mailbox, "security", "starttls")}; without it, anybody on the way can read the password, and then all mail.`,
  });
