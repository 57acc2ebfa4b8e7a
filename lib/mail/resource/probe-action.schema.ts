import { defineSchema } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { dkimShown, listedAddresses } from "./alignment-checks";
import { credentialsTogether, mechanismNeedsUser, unusualPort } from "./checks";
import { server } from "./connection.schema";
import { smtpProbeSchema } from "./smtp-probe.schema";

const { password_environment, to, alignment, timeout_seconds } = smtpProbeSchema.attributes;

/** `outbound_probe`: the diagnosis up to the receivers, on demand. */
export const probeActionSchema = defineSchema({
  type: "outbound_probe",
  description:
    "Walks through the SMTP stages up to the receivers, says of each what was seen while it runs, and sends nothing. A stage that fails is an error " +
    "with its remedy; where a trigger invoked the action, it stops the apply. " +
    "Invoke it by hand, `terraform apply -invoke=action.outbound_probe.NAME`, or by the `action_trigger` of a resource. Needs Terraform 1.14. " +
    "Receivers are reported as accepted so far, never as existing: some servers accept any address before they see the message. " +
    "The password is read from an environment variable, because the configuration of an action stands in the plan.",
  attributes: { ...server(false), password_environment, to, alignment, timeout_seconds },
  checks: [
    credentialsTogether("password_environment"),
    mechanismNeedsUser(),
    unusualPort(),
    dkimShown(undefined),
    listedAddresses,
    knownServers({ sender: "from_address", mechanism: "auth_mechanism" }),
  ],
});
