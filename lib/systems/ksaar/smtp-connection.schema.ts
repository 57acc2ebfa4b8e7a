import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, number, string, wholeNumber, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { emailAddress } from "../../validators/email-address";
import { hostName } from "../../validators/host-name";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { singleLine, singleLineSecret } from "../../validators/single-line";
import { digestValidator } from "./digest";
import { smtpConnectionChecks } from "./smtp-connection.checks";

/** The ports that Ksaar's screen offers. */
const PORTS = [25, 465, 587, 2525] as const;
export const AUTHENTICATIONS = ["PLAIN", "LOGIN"] as const;
export const VERIFICATIONS = ["required", "warn", "off"] as const;

/** The drift of a Ksaar connection, which no API can reveal. */
export const DRIFT = "unknown: Ksaar has no API, so nobody can tell what it holds now";

export const smtpConnectionAttributes = {
  id: string("computed", { description: "The connection's name: Ksaar gives out no other id." }),
  name: string("required", {
    description: "The connection's name in Ksaar, as mail actions show it.",
    validators: [nonEmpty, singleLine],
  }),
  sender: string("required", {
    description: "The address that mail of this connection comes from.",
    validators: [emailAddress],
  }),
  reply_to: string("optional", {
    description: "The address that answers go to. Unset: the sender.",
    validators: [emailAddress],
  }),
  host: string("required", {
    description: "The SMTP server, by name or address, as Ksaar reaches it: over the internet.",
    validators: [hostName],
  }),
  port: number("required", { description: "The SMTP server's TCP port.", validators: [oneOf(PORTS)] }),
  authentication: string("optional", {
    description: "How Ksaar logs in. The server has to offer exactly this; that is what the probe tries.",
    validators: [oneOf(AUTHENTICATIONS)],
    default: "PLAIN",
  }),
  username: string("optional", {
    description: "The user that Ksaar logs in as. Required, as in Ksaar, unless `without_login` says otherwise.",
    validators: [nonEmpty, singleLine],
  }),
  password_wo: string("optional", {
    description:
      "The user's password, for the probe. Write-only: it is kept nowhere, and the person who enters the connection has to have it from elsewhere.",
    sensitive: true,
    writeOnly: true,
    validators: [nonEmpty, singleLineSecret],
  }),
  without_login: bool("optional", {
    description:
      "Says that the server wants no login, so that `username` and `password_wo` are left out on purpose. Ksaar's own guide counts both among the required fields.",
    default: false,
  }),
  password_wo_version: wholeNumber("optional", {
    description:
      "Raise it when `password_wo` changes: the new password is then probed, has to be entered in Ksaar, and what was confirmed before no longer holds.",
    validators: [integer({ min: 0 })],
    default: 1,
  }),
  secure: bool("optional-computed", {
    description:
      "TLS from the first byte. Otherwise Ksaar uses STARTTLS only where the server offers it, and goes on in plain text where it does not. Unset: true on port 465, else false.",
  }),
  default_connection: bool("optional", {
    description:
      "Whether Ksaar sends by this connection whatever names no other: mail actions, invitations, sign-ups. Exactly one connection of a Ksaar is the default.",
    default: false,
  }),
  ca_certificate: string("optional", {
    description:
      "PEM certificates, or the path of a PEM file, that the probe trusts besides the well-known authorities. Ksaar has no such setting.",
    validators: [nonEmpty],
  }),
  verify: string("optional", {
    description:
      "What a probe that fails means, whenever what it tries has changed. `required`: an error. `warn`: a warning. `off`: there is no probe, for runners that may not reach SMTP servers.",
    validators: [oneOf(VERIFICATIONS)],
    default: "required",
  }),
  confirmed: string("optional", {
    description:
      "The `digest` of what a person has entered in Ksaar and seen working there. Set it after following the `instructions`; a later change of the declaration makes it outdated.",
    validators: [digestValidator],
  }),
  digest: string("computed", {
    description:
      "Stands for everything that has to be entered in Ksaar; of the password only its version counts. Confirm it by `confirmed`.",
  }),
  attested: bool("computed", {
    description: "True when `confirmed` is the digest of what is declared now: somebody vouches for it.",
  }),
  drift: string("computed", {
    description: "Always begins with `unknown`: Ksaar has no API. An empty plan does not mean that Ksaar is set up so.",
  }),
  instructions: string("computed", {
    description: "The numbered steps by which a person enters the connection in Ksaar. Without the password.",
  }),
  verification: string("computed", {
    description: "What the last probe has proved, and from where.",
  }),
  timeouts: timeouts({ create: "2m", update: "2m" }),
};

/** An SMTP connection of Ksaar. */
export const smtpConnectionSchema = defineSchema({
  type: "outbound_ksaar_smtp_connection",
  description:
    "An SMTP connection of Ksaar. Ksaar has no API for it, so this resource changes nothing there: it probes the SMTP server with exactly these settings, prints the steps by which a person enters them, and keeps who has confirmed what. Drift is unknown, and reported so. There is nothing to import: declare it, and confirm it when it is there already.",
  identity: { attributes: ["name"], twins: false },
  importIdentity: wholeId,
  attributes: smtpConnectionAttributes,
  checks: smtpConnectionChecks,
});

export type SmtpConnectionSchema = typeof smtpConnectionSchema;
export type SmtpConnectionState = StateOf<SmtpConnectionSchema>;
