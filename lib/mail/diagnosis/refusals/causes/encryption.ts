import { prose } from "../../../../core/prose";
import { asSaid, later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** The protection of the connection and the message. */

export const encryptionRequired: Cause = {
  id: "encryption-required",
  summary: prose`The server wants an encrypted connection first`,
  fix: prose`Set ${setting("security", "starttls")}${{ clause: [" (or ", setting("security", "tls"), " with its own port)"] }}.`,
  unless: [
    {
      when: { encrypted: true },
      fix: prose`This connection is encrypted, so the server means another one: the way on from it, or a stronger TLS. See its log, and set ${setting("security", "tls")} with its own port (465) if it offers that.`,
    },
  ],
  retry: never,
  ofMailbox: mailbox.mailboxEncryptionRequired,
};

export const encryptionUnavailable: Cause = {
  id: "starttls-unavailable",
  summary: prose`The server cannot encrypt at the moment`,
  fix: prose`Temporary: test again in some minutes; if it stays, see the server's log: most often its certificate or key cannot be read, or a limit of TLS sessions is reached.`,
  retry: later(300),
};

export const startTlsRefused: Cause = {
  id: "starttls-refused",
  summary: prose`The server offered STARTTLS and then refused it`,
  fix: prose`Repair the server's TLS settings and see its log: it cannot use its certificate or key, or something on the way (a firewall that inspects SMTP) changes what it offers.`,
  retry: asSaid,
};

export const clientCertificateRequired: Cause = {
  id: "client-certificate-required",
  summary: prose`The server wants a certificate of the client's, and there is none`,
  fix: prose`Have the sending machines allowed by login or IP address instead: platforms that send alerts have no certificate of their own to show.`,
  retry: never,
};

export const requireTlsUnsupported: Cause = {
  id: "requiretls-unsupported",
  summary: prose`The way on from the server cannot promise encryption, which was asked for (REQUIRETLS)`,
  fix: prose`Let the next server support REQUIRETLS, or send without asking for it: the test mail does not, so that something on the way has added it.`,
  retry: never,
};

export const securityUnsupported: Cause = {
  id: "security-feature-unsupported",
  summary: prose`The server lacks a security feature that the message or the command asks for`,
  fix: prose`See which one the server names, and its log; a gateway on the way may have signed or encrypted the message.`,
  retry: asSaid,
};
