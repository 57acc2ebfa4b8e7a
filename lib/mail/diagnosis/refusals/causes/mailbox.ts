import { prose } from "../../../../core/prose";
import { later, never, type Cause } from "../cause";
import { setting } from "../setting";

/** Refusals of the server of the mailbox in which the test mail is looked for (IMAP). */

export const mailboxLoginRefused: Cause = {
  id: "imap-login-refused",
  summary: prose`The IMAP server refused user and password`,
  fix: prose`Check ${setting("imap.username")} (often the whole address) and its password; accounts with a second factor need an application password, or an OAuth 2.0 token (${setting("imap.access_token", "true")}).`,
  retry: never,
};

export const mailboxTokenRefused: Cause = {
  id: "imap-token-refused",
  summary: prose`The IMAP server refused the OAuth 2.0 token`,
  fix: prose`Get a fresh token, and check that it has the scope for IMAP and belongs to this mailbox.`,
  retry: never,
};

export const mailboxPasswordsRetired: Cause = {
  id: "imap-passwords-retired",
  summary: prose`Microsoft 365 refused the password, as it refuses all of them for IMAP`,
  fix: prose`Give an OAuth 2.0 access token of this mailbox as ${setting("imap.password_wo")}, with ${setting("imap.access_token", "true")}; no password works there any more.`,
  retry: never,
};

export const mailboxNotConnected: Cause = {
  id: "imap-authenticated-not-connected",
  summary: prose`The IMAP server accepted the login, and does not open the mailbox`,
  fix: prose`Check that the token or password is one of this very mailbox and has the scope for IMAP (IMAP.AccessAsUser.All), that IMAP is enabled for it, and that it is licensed; a shared mailbox is opened as user@domain/mailbox.`,
  retry: never,
};

export const mailboxProtocolDisabled: Cause = {
  id: "imap-disabled",
  summary: prose`This mailbox may not be read by IMAP`,
  fix: prose`Enable IMAP for this mailbox, in its own settings or in the administration of the mail system; the password may be right.`,
  retry: never,
};

export const mailboxApplicationPassword: Cause = {
  id: "imap-application-password",
  summary: prose`The IMAP server wants an application password, or another login than user and password`,
  fix: prose`Create an application password for ${setting("imap.username")}, or give an OAuth 2.0 token (${setting("imap.access_token", "true")}).`,
  retry: never,
};

export const mailboxPasswordExpired: Cause = {
  id: "imap-password-expired",
  summary: prose`The password of the mailbox has expired`,
  fix: prose`Set a new password for the mailbox and give it as ${setting("imap.password_wo")}.`,
  retry: never,
};

export const mailboxAccountDisabled: Cause = {
  id: "imap-account-disabled",
  summary: prose`The account of the mailbox is disabled or locked; the password may be right`,
  fix: prose`Have the account of ${setting("imap.username")} enabled or unlocked again, or look into another mailbox.`,
  retry: never,
};

export const mailboxAdministrator: Cause = {
  id: "imap-contact-administrator",
  summary: prose`The IMAP server refuses the login until its administrator has acted`,
  fix: prose`Ask the administrator of the mail system: the account of ${setting("imap.username")} or its rights are not in order there, and another password does not help.`,
  retry: never,
};

export const mailboxEncryptionRequired: Cause = {
  id: "imap-encryption-required",
  summary: prose`The IMAP server wants an encrypted connection before the login`,
  fix: prose`Set ${setting("imap.security", "starttls")}, or ${setting("imap.security", "tls")} with its own port (usually 993).`,
  retry: never,
};

export const mailboxMechanismRefused: Cause = {
  id: "imap-mechanism-refused",
  summary: prose`The IMAP server does not take this way to log in`,
  fix: prose`Allow PLAIN or LOGIN over TLS for this account on the server, or give an OAuth 2.0 token (${setting("imap.access_token", "true")}); another password does not help.`,
  retry: never,
};

export const mailboxClientRefused: Cause = {
  id: "imap-client-refused",
  summary: prose`The IMAP server takes no logins from this machine`,
  fix: prose`Have the public IP address of this machine allowed on the server: it may be of a country or network that is blocked, or banned after logins that failed.`,
  retry: never,
};

export const mailboxTooManyConnections: Cause = {
  id: "imap-too-many-connections",
  summary: prose`The IMAP server takes no more connections or logins for now`,
  fix: prose`Test again in some minutes; close other clients of this mailbox, or raise the limit on the server.`,
  retry: later(300),
};

export const mailboxInUse: Cause = {
  id: "imap-mailbox-in-use",
  summary: prose`Another program holds the mailbox at the moment`,
  fix: prose`Test again in some minutes; if it stays, find what keeps this mailbox open, or look into another one.`,
  retry: later(60),
};

export const mailboxIsFull: Cause = {
  id: "imap-mailbox-full",
  summary: prose`The mailbox in which the test mail is looked for is full`,
  fix: prose`Make room in it: neither the test mail nor real alerts arrive until then.`,
  retry: never,
};

export const mailboxLoginUnavailable: Cause = {
  id: "imap-login-unavailable",
  summary: prose`The IMAP server cannot check logins at the moment`,
  fix: prose`Test again in some minutes, then look at the server: its user directory or the mailbox's storage does not answer.`,
  retry: later(300),
};
