import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, MICROSOFT, OBSERVED, UNKNOWN } from "../sources";

/** Refusals of receivers: those that a server does not accept, or cannot verify. */
export const receiver: readonly Row[] = [
  {
    id: "receiver-unverified",
    cause: causes.receiverUnverified,
    outweighs: ["x.1.1"],
    when: {
      codes: [4],
      words:
        /(recipient address rejected: )?unverified address|(recipient|address) verification in progress|callout (verification )?(failed|defer)|could not complete recipient verify/,
    },
    source: "https://www.postfix.org/ADDRESS_VERIFICATION_README.html",
    examples: [
      example(
        "RCPT",
        "Postfix",
        "450 4.1.1 <oncall@example.com>: Recipient address rejected: unverified address: connect to mx1.example.com[192.0.2.30]:25: Connection timed out",
      ),
      example("RCPT", "Exim", "451 Could not complete recipient verify callout", { source: UNKNOWN }),
    ],
  },
  {
    id: "receiver-too-busy",
    cause: causes.receiverTooBusy,
    outweighs: ["x.2.1"],
    when: {
      words:
        /receiving mail (too quickly|at a rate)|recipient thread limit|(recipient|mailbox|user) .*(over|exceeded) .*(rate|receiving limit)|mailbox (is )?busy|mailbox (is )?locked/,
    },
    source: GMAIL,
    examples: [
      example(
        "RCPT",
        "Gmail",
        "450-4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time. 4fb4d7f45d1cf - gsmtp",
      ),
      example("DATA", "Microsoft 365", "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", {
        source: MICROSOFT,
      }),
      example("RCPT", "Yahoo", "450 User is receiving mail too quickly", { source: "https://smtp.codes/yahoo" }),
      example("RCPT", "Mailpit", "450 Mailbox busy", { source: OBSERVED }),
    ],
  },
  {
    id: "smtprelay-receiver-list",
    cause: causes.receiverRefusedByPolicy,
    when: {
      words:
        /recipient (address )?(is )?not (allowed|permitted|on the|in the|accepted)|recipient denied|recipients? not allowed|not in rcpt(host|to)s list of allowed/,
    },
    fix: prose`Have the receiver's address put on the list of those that this server passes mail to, or name one of them in ${setting("to")}.`,
    source: OBSERVED,
    examples: [
      example("RCPT", "smtprelay", "451 recipient address not allowed"),
      example("RCPT", "Axigen", "550 Recipient not allowed", { source: UNKNOWN }),
    ],
  },
  {
    id: "policy-for-now",
    cause: causes.policyFailed,
    when: {
      codes: [4],
      words:
        /policy (rejection|violation|restriction|rejected|check)|(rejected|refused|deferred) by policy|policy (service|server|daemon)/,
      not: /grey|intentional/,
    },
    source: UNKNOWN,
    examples: [
      example(
        "RCPT",
        "Plesk",
        "450 4.7.1 <oncall@example.com>: Recipient address rejected: Policy Rejection- Please try later.",
      ),
    ],
  },
  {
    id: "receiver-policy",
    cause: causes.receiverRefusedByPolicy,
    when: {
      words:
        /recipient address rejected: (access denied|.*policy)|not accept(ing)? (mail|messages) (for|to) this (recipient|address)|ip not in whitelist for rcpt domain/,
    },
    source: "https://www.postfix.org/access.5.html",
    examples: [
      example("RCPT", "Postfix", "554 5.7.1 <oncall@example.com>: Recipient address rejected: Access denied", {
        source: "https://github.com/swiftmailer/swiftmailer/issues/337",
      }),
      example("RCPT", "Gmail", "421 4.7.0 IP not in whitelist for RCPT domain, closing connection. - gsmtp", {
        source: GMAIL,
      }),
    ],
  },
  {
    id: "code-556",
    cause: causes.receiverNullMx,
    when: { codes: [556] },
    source: "RFC 7504",
    examples: [example("RCPT", "RFC 7504", "556 no")],
  },
  {
    id: "code-550-at-rcpt",
    cause: causes.noSuchMailbox,
    when: { stages: ["RCPT"], codes: [550], terse: true },
    summary: prose`The server refused this receiver without a reason; most often it does not know the mailbox`,
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "550 no")],
  },
  {
    id: "code-553-at-rcpt",
    cause: causes.addressRefused,
    when: { stages: ["RCPT"], codes: [553], terse: true },
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "553 no")],
  },
  {
    id: "code-552-at-rcpt",
    cause: causes.mailboxFull,
    when: { stages: ["RCPT"], codes: [552] },
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "552 no")],
  },
  {
    id: "code-450-at-rcpt",
    cause: causes.mailboxUnavailable,
    when: {
      stages: ["RCPT"],
      codes: [450],
      not: /rate|limit|quota/,
      words:
        /administrative prohibition|policy (rejected|rejection|restriction)|domain (is )?not (allowed|accepted|permitted)|mail for this domain is not accepted|mailbox unavailable|requested (mail )?action not taken/,
    },
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "450 Requested mail action not taken: mailbox unavailable")],
  },
];
