import { attribute, here, page, problem, rule, type, type Guide } from "./place";

const CONNECTION = "outbound_ksaar_smtp_connection";

/** @see https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp */
export const ksaar: Guide = {
  id: "S4",
  title: "Ksaar: connection to an SMTP server",
  about:
    "Applications made with Ksaar shall send their mails by a server of one's own. Ksaar has no API: a person enters what is declared here.",
  statements: [
    {
      says: "Connectors in the left bar, then SMTP; add a service, or edit one by its three dots.",
      here: here`${attribute(CONNECTION, "instructions")} has these steps, in the words of the screens.`,
    },
    {
      says: "Name of the connection, sender, reply address, host, port, PLAIN or LOGIN, user, password.",
      here: here`${attribute(CONNECTION, "name")}, ${attribute(CONNECTION, "sender")}, ${attribute(CONNECTION, "reply_to")}, ${attribute(CONNECTION, "host")}, ${attribute(CONNECTION, "port")}, ${attribute(CONNECTION, "authentication")}, ${attribute(CONNECTION, "username")}, ${attribute(CONNECTION, "password_wo")}; without a login ${attribute(CONNECTION, "without_login")}.`,
    },
    {
      says: "Secure on is TLS; off is STARTTLS where the server offers it. Usually on for 465, off for 25 and 587.",
      here: here`${attribute(CONNECTION, "secure")}; an unusual pair is warned of: ${problem("ksaar/insecure-on-465")}, ${problem("ksaar/secure-on-plain-port")}.`,
    },
    {
      says: "The connection can be tested while it is configured; a notice tells the outcome.",
      here: here`${attribute(CONNECTION, "verify")} probes the server at each change; the steps end with Ksaar's own test, and ${attribute(CONNECTION, "confirmed")} says that it succeeded.`,
    },
    {
      says: "One connection can be the default, for mail actions, invitations and sign-ups.",
      here: here`${attribute(CONNECTION, "default_connection")}; a stack without one, or with two, is told so (${problem("ksaar/no-default")}).`,
    },
    {
      says: "Each action can choose another connection.",
      here: here`Out of scope: it cannot be set, nor seen, from outside. The steps to remove a connection say so: ${type(CONNECTION)}, ${problem("ksaar/remove-by-hand")}.`,
      outOfScope: true,
    },
    {
      says: "Gmail and Outlook have pages of their own.",
      here: here`${rule("retired-authentication")} and ${page("oauth2.md", "OAuth 2.0")} for what they still take; ${page("mail-diagnosis.md", "the diagnosis")} for how they refuse.`,
    },
  ],
};
