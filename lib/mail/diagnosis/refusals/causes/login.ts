import { prose } from "../../../../core/prose";
import { later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { sendPasswordAgain, setting } from "../setting";

/** The login and its mechanism. */

export const loginRequired: Cause = {
  id: "login-required",
  summary: prose`The server wants a login first`,
  fix: prose`Set ${setting("username")} and its password, or have this machine's IP address allowed to send without.`,
  unless: [
    {
      when: { encrypted: false, startTlsOffered: true, authOffered: false },
      fix: prose`Encrypt first: set ${setting("security", "starttls")}, since the server offers logins on an encrypted connection only; then set ${setting("username")} and its password.`,
    },
    {
      when: { login: "given" },
      fix: prose`The login of ${setting("username")} was taken, but not for sending here: use the submission port (587 or 465) as ${setting("smtp_port")}, or have this account allowed to send.`,
    },
  ],
  retry: never,
  ofMailbox: mailbox.mailboxLoginRefused,
};

export const loginRefused: Cause = {
  id: "login-refused",
  summary: prose`The server refused user and password`,
  fix: prose`Check ${setting("username")} (some servers want the whole address) and the password${sendPasswordAgain}; an account may also be locked or need an application password.`,
  unless: [
    {
      when: { token: true },
      fix: prose`Get a new access token, since they live for about an hour; it must be one of ${setting("username")} with the scope for SMTP.`,
    },
  ],
  retry: never,
  ofMailbox: mailbox.mailboxLoginRefused,
};

export const applicationPasswordRequired: Cause = {
  id: "application-password-required",
  summary: prose`The server takes an application password only, not the one of the account`,
  fix: prose`Create an application password (app password) for this account and use it as the password${sendPasswordAgain}; accounts with a second factor need one.`,
  retry: never,
  ofMailbox: mailbox.mailboxApplicationPassword,
};

export const loginDisabled: Cause = {
  id: "login-disabled",
  summary: prose`The mailbox may not log in by SMTP with a password`,
  fix: prose`Enable authenticated SMTP for this mailbox, or use a relay that takes a password.`,
  retry: never,
  ofMailbox: mailbox.mailboxProtocolDisabled,
};

export const loginNotEnabled: Cause = {
  id: "login-not-enabled",
  summary: prose`The server takes no logins here`,
  fix: prose`Use the submission port (usually 587) as ${setting("smtp_port")}, where logins are taken, with ${setting("security", "starttls")}; or remove ${setting("username")} if this server needs none.`,
  retry: never,
  ofMailbox: mailbox.mailboxMechanismRefused,
};

export const mechanismTooWeak: Cause = {
  id: "mechanism-too-weak",
  summary: prose`The server finds this login mechanism too weak for the account`,
  fix: prose`Set ${setting("auth_mechanism")} to a stronger mechanism that it offers, or allow PLAIN or LOGIN over TLS for this account on the server; another password does not help.`,
  retry: never,
  ofMailbox: mailbox.mailboxMechanismRefused,
};

export const mechanismRefused: Cause = {
  id: "mechanism-refused",
  summary: prose`The server does not accept the mechanism that it offered`,
  fix: prose`Set ${setting("auth_mechanism")} to another one that it offers, such as LOGIN; it may also accept logins only on its submission port (usually 587).`,
  retry: never,
  ofMailbox: mailbox.mailboxMechanismRefused,
};

export const passwordTransition: Cause = {
  id: "password-transition-needed",
  summary: prose`The account has no password yet for this login mechanism`,
  fix: prose`Log in once with ${setting("auth_mechanism", "PLAIN")} over TLS, so that the server learns it; or set the account's password anew.`,
  retry: never,
};

export const accountDisabled: Cause = {
  id: "account-disabled",
  summary: prose`The account is disabled or locked; the password may be right`,
  fix: prose`Have the account of ${setting("username")} enabled or unlocked again, or use another one.`,
  retry: never,
  ofMailbox: mailbox.mailboxAccountDisabled,
};

export const tooManyLogins: Cause = {
  id: "too-many-logins",
  summary: prose`The server refuses logins for a while, after too many attempts`,
  fix: prose`Wait, since each further attempt prolongs the lock; find what still logs in with an old password, then test again later.`,
  retry: later(1_800),
  ofMailbox: mailbox.mailboxTooManyConnections,
};

export const loginUnavailable: Cause = {
  id: "login-unavailable",
  summary: prose`The server cannot check logins at the moment`,
  fix: prose`Temporary: its user directory does not answer; test again in some minutes, then look at the server.`,
  retry: later(300),
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const passwordExpired: Cause = {
  id: "password-expired",
  summary: prose`The password of the account has expired`,
  fix: prose`Set a new password for ${setting("username")} at the mail system, and give it here${sendPasswordAgain}.`,
  retry: never,
  ofMailbox: mailbox.mailboxPasswordExpired,
};

export const tokenRefused: Cause = {
  id: "token-refused",
  summary: prose`The server refused the access token`,
  fix: prose`Get a new token, since they live for about an hour; check that it is one of ${setting("username")} and has the scope for SMTP.`,
  retry: never,
  ofMailbox: mailbox.mailboxTokenRefused,
};
