import { knownServers } from "../../validators/known-servers";
import { defineSchema } from "../../terraform-plugin/schema";
import { dkimShown, listedAddresses } from "./alignment-checks";
import { alignment } from "./alignment.schema";
import { credentialsTogether, mechanismNeedsUser, unusualPort } from "./checks";
import { server, timeoutSeconds } from "./connection.schema";
import { imapReceiver, imapWait, knownMailboxes, unusualImapPort } from "./imap-checks";
import { imapOfAction } from "./imap.schema";
import { smtpProbeSchema } from "./smtp-probe.schema";
import { testEmailSchema } from "./test-email.schema";

const { from_name, to, subject, via } = testEmailSchema.attributes;
const { password_environment } = smtpProbeSchema.attributes;
/** An action has nothing that could be replaced. */
const here = { replace: undefined };

/** `outbound_send_test_email`: the test of `outbound_test_email`, on demand. */
export const sendTestEmailSchema = defineSchema({
  type: "outbound_send_test_email",
  description:
    "Sends a test e-mail now, as `outbound_test_email` does when it is created, and says of every stage what was seen while it runs. " +
    "The systems named in `via` are asked to send their own test too; with `imap` it also proves that the mail arrived, with `alignment` that receivers can believe its sender. " +
    "A proof that fails is an error with its remedy; where a trigger invoked the action, it stops the apply. " +
    "Invoke it by hand, `terraform apply -invoke=action.outbound_send_test_email.NAME`, or by the `action_trigger` of a resource. Needs Terraform 1.14. " +
    "Passwords are read from environment variables, because the configuration of an action stands in the plan; nothing is stored of the outcome.",
  attributes: {
    ...server(false),
    password_environment,
    from_name: { ...from_name, ...here },
    to: { ...to, ...here },
    subject: { ...subject, ...here },
    via: { ...via, ...here },
    imap: imapOfAction,
    alignment,
    timeout_seconds: timeoutSeconds,
  },
  checks: [
    credentialsTogether("password_environment"),
    mechanismNeedsUser(),
    unusualPort(),
    imapReceiver(),
    imapWait(),
    unusualImapPort(),
    knownMailboxes("imap.password_environment"),
    dkimShown("imap"),
    listedAddresses,
    knownServers({ sender: "from_address", mechanism: "auth_mechanism" }),
  ],
});
