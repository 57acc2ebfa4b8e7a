import { prose } from "../../../../core/prose";
import { asSaid, later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** The server's own troubles, and commands that it does not accept. */

export const serviceUnavailable: Cause = {
  id: "service-unavailable",
  summary: prose`The server ends the session: it is busy, shutting down, or limits this client`,
  fix: prose`Temporary: test again in some minutes; if it stays, ask for the connection limit of this machine's IP address to be raised.`,
  retry: later(300),
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const serverFull: Cause = {
  id: "server-full",
  summary: prose`The server's disk is full, or its memory`,
  fix: prose`Temporary: make room on the server.`,
  retry: later(900),
};

export const serverError: Cause = {
  id: "server-error",
  summary: prose`Something failed inside the server`,
  fix: prose`See the server's log at this time: the mail and its settings are not to blame. Test again in some minutes.`,
  retry: asSaid,
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const serverMisconfigured: Cause = {
  id: "server-misconfigured",
  summary: prose`The server says that it is misconfigured`,
  fix: prose`See the server's log: its configuration has to be repaired before it takes mail.`,
  retry: never,
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const backEndUnavailable: Cause = {
  id: "back-end-unavailable",
  summary: prose`The server's front end cannot reach the servers behind it`,
  fix: prose`Look at the server, not at this test: its transport services and the DNS servers set on its network cards; test again when they run.`,
  retry: later(300),
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const directoryUnavailable: Cause = {
  id: "directory-unavailable",
  summary: prose`The server cannot look addresses up at the moment`,
  fix: prose`Look at the server's directory (LDAP, Active Directory, database, DNS): it did not answer; test again in some minutes.`,
  retry: later(300),
  ofMailbox: mailbox.mailboxLoginUnavailable,
};

export const noRoute: Cause = {
  id: "no-route",
  summary: prose`The server finds no way to the next one`,
  fix: prose`Look at the server's routes and DNS: the server that it passes this mail to does not answer, or is unknown to it.`,
  retry: asSaid,
};

export const connectionTimedOut: Cause = {
  id: "connection-timed-out",
  summary: prose`The server gave up waiting, or the connection to the next server broke`,
  fix: prose`See whether something between here and the server holds the traffic back; test again in some minutes.`,
  retry: later(60),
};

export const featureMissing: Cause = {
  id: "server-feature-missing",
  summary: prose`The server lacks a feature that the message needs`,
  fix: prose`See which one the server names: addresses outside ASCII, 8-bit text and large messages need extensions.`,
  retry: never,
};

export const protocolRefused: Cause = {
  id: "command-refused",
  summary: prose`The server does not take the command in this form or at this place`,
  fix: prose`See the server's words; then check ${setting("smtp_host")} and ${setting("smtp_port")}: a proxy, a filter or a firewall that rewrites SMTP may stand in front of the server.`,
  retry: never,
};

export const notSmtp: Cause = {
  id: "not-smtp",
  summary: prose`What answers there is not an SMTP server`,
  fix: prose`Check ${setting("smtp_host")} and ${setting("smtp_port")}.`,
  retry: never,
};

/** For a permanent refusal without a more precise cause. */
export const refused: Cause = {
  id: "refused",
  summary: prose`The server refused`,
  fix: prose`See the server's words, and its log: the refusal is permanent.`,
  retry: never,
};

/** For a temporary refusal without a more precise cause. */
export const refusedForNow: Cause = {
  id: "refused-for-now",
  summary: prose`The server refused`,
  fix: prose`Test again in some minutes: the refusal is temporary. If it stays, see the server's log.`,
  retry: later(300),
};
