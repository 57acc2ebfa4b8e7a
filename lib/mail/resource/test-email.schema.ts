import { emailAddress } from "../../validators/email-address";
import { integer } from "../../validators/integer";
import { knownServers } from "../../validators/known-servers";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { period } from "../../validators/period";
import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, mapOf, nestedList, setOf, string, wholeNumber } from "../../terraform-plugin/schema";
import { atLeastOne, each } from "../../validators/each";
import { singleLine } from "../../validators/single-line";
import { dkimShown, listedAddresses } from "./alignment-checks";
import { alignment } from "./alignment.schema";
import { credentialsTogether, mechanismNeedsUser, unusualPort } from "./checks";
import { arrival, arrivals, outcome, server, timeoutSeconds } from "./connection.schema";
import { imapLogin, imapReceiver, imapWait, knownMailboxes, oneMailboxEach, unusualImapPort } from "./imap-checks";
import { imap, moreMailboxes } from "./imap.schema";

/** `outbound_test_email`: a mail that is sent once by an apply; its stages are the state. */
export const testEmailSchema = defineSchema({
  type: "outbound_test_email",
  description:
    "Sends a test e-mail on apply and reports every stage on the way, from the configuration to the server's final answer, " +
    "with a remedy for the one that fails. The systems named in `via` are asked to send their own test too. " +
    "With `imap` and `more_mailboxes` it also proves that the mail arrived, with `alignment` that receivers can believe its sender. " +
    "Nothing is sent during plan; a change of any attribute tests again, but for `timeout_seconds`, `on_failure`, " +
    "`rerun_after`, and `wait_seconds` and `remove` of a mailbox. With `rerun_after` an old test runs again by itself.",
  identity: { none: "each test is a mail of its own" },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { description: "Unique id of the test; also in its subject and headers.", keep: true }),
    ...server(true),
    password_wo: string("optional", {
      description: "Password of `username`. Never stored; raise `password_wo_version` when it changes.",
      sensitive: true,
      writeOnly: true,
      validators: [nonEmpty],
    }),
    password_wo_version: wholeNumber("optional", {
      description: "Raise it to test again with a new password.",
      validators: [integer()],
      default: 1,
      replace: true,
    }),
    from_name: string("optional", {
      description: "Display name of the sender.",
      validators: [nonEmpty, singleLine],
      replace: true,
    }),
    to: setOf("string", "required", {
      description: "Receivers of the test mail. One refused receiver fails the test by name.",
      validators: [atLeastOne<string>("receiver"), each(emailAddress)],
      replace: true,
    }),
    subject: string("optional", {
      description: "Put between `[TEST]` and the test's id and time in the subject.",
      validators: [nonEmpty, singleLine],
      default: "Alert mail test",
      replace: true,
    }),
    via: nestedList(
      {
        system: string("required", {
          description: "Name of the system, as in the provider's configuration: `vrops`.",
          validators: [nonEmpty],
        }),
        id: string("required", {
          description: "Id of its mail plugin or setting.",
          validators: [nonEmpty],
        }),
      },
      "optional",
      { description: "Platforms that shall send their own test as well, from where they stand.", replace: true },
    ),
    imap,
    more_mailboxes: moreMailboxes,
    alignment: { ...alignment, replace: true },
    triggers: mapOf("string", "optional", {
      description: "Any values; a change tests again.",
      replace: true,
    }),
    timeout_seconds: timeoutSeconds,
    on_failure: string("optional", {
      description:
        "`fail` stops the apply and leaves the test tainted, so that the next apply tests again; `warn` reports and goes on.",
      validators: [oneOf(["fail", "warn"])],
      default: "fail",
    }),
    rerun_after: string("optional", {
      description:
        "How old the last test may become, such as `7d`: the next plan after that time tests again, and says so. Unset: a test runs again only when something has changed. `outbound reconcile` does not call it drift.",
      validators: [period],
    }),
    fallback: bool("optional", {
      description:
        "This relay is the second way: `outbound reconcile detect --notify mail` tells the receivers through it when the mail of the others does not get through. It is tested like any other. Unset: it is not.",
    }),
    ...outcome,
    arrival,
    arrivals,
    message_id: string("computed", {
      description: "Message-ID of the test mail; null when none was sent.",
      keep: true,
    }),
    tested_at: string("computed", { description: "When the test began, in UTC (RFC 3339).", keep: true }),
  },
  checks: [
    credentialsTogether("password_wo"),
    mechanismNeedsUser(),
    unusualPort(),
    imapLogin(),
    imapReceiver(),
    oneMailboxEach(),
    imapWait(),
    unusualImapPort(),
    knownMailboxes(),
    dkimShown("imap"),
    listedAddresses,
    knownServers({ sender: "from_address", mechanism: "auth_mechanism" }),
  ],
});
