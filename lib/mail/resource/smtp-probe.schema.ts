import { emailAddress } from "../../validators/email-address";
import { knownServers } from "../../validators/known-servers";
import { defineSchema, setOf, string } from "../../terraform-plugin/schema";
import { each } from "../../validators/each";
import { dkimShown, listedAddresses } from "./alignment-checks";
import { alignment } from "./alignment.schema";
import { credentialsTogether, mechanismNeedsUser, unusualPort } from "./checks";
import { outcome, server, timeoutSeconds } from "./connection.schema";
import { environmentName } from "./validators";

/** `outbound_smtp_probe`: the diagnosis up to the receivers; sends nothing. */
export const smtpProbeSchema = defineSchema({
  type: "outbound_smtp_probe",
  description:
    "Walks through the SMTP stages up to the receivers without sending anything, and never fails the run: read `ok`, `verdict` and `stages`. " +
    "With `alignment` it also judges the sender's domain, by what DNS alone tells. " +
    "Receivers are reported as accepted so far, never as existing: some servers accept any address before they see the message. " +
    "The password is read from an environment variable, because what a data source is given ends up in the state.",
  attributes: {
    ...server(false),
    password_environment: string("optional", {
      description:
        "Name of the environment variable that holds the password of `username`. Read where Terraform runs; never stored.",
      validators: [environmentName],
    }),
    to: setOf("string", "optional", {
      description: "Receivers to offer to the server. Without any, the stages end with the sender.",
      validators: [each(emailAddress)],
    }),
    alignment,
    timeout_seconds: timeoutSeconds,
    ...outcome,
  },
  checks: [
    credentialsTogether("password_environment"),
    mechanismNeedsUser(),
    unusualPort(),
    dkimShown(undefined),
    listedAddresses,
    knownServers({ sender: "from_address", mechanism: "auth_mechanism" }),
  ],
});
