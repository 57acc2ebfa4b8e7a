import type { Remedy } from "../stage/remedy";
import { DKIM, DMARC, SPF } from "../stage/stage";
import { dkim } from "./dkim.remedies";
import { spf } from "./spf.remedies";

const WARNING = "warning";

/**
 * What to do when the sender's domain does not authenticate its mail. Each is a warning, and an error where the check
 * is required.
 */
export const alignment = {
  ...spf,
  ...dkim,
  dnsFailed: {
    code: "mail/sender-dns-failed",
    stages: [SPF, DKIM, DMARC],
    severity: WARNING,
    summary: "No answer from {servers}: {question}",
    fix: "Check whether {servers} can look up {domain}; receivers that cannot may defer the mail. Then test again.",
  },
  receiverDisagrees: {
    code: "mail/receiver-disagrees",
    stages: [SPF, DKIM, DMARC],
    severity: WARNING,
    summary: "{server}, which received the mail, says {theirs}; seen from here it is {ours}",
    fix: "Believe the receiving server, and find out what differs: {reasons}.",
  },

  fromRewritten: {
    code: "mail/from-rewritten",
    stages: [DMARC],
    severity: WARNING,
    summary: "The mail arrived as one from {arrived}, not from {declared}",
    fix: "Let the sending server accept {declared} as a sender of this account, or declare the account's own address as {setting:from_address}.",
  },
  dmarcNoRecord: {
    code: "mail/dmarc-no-record",
    stages: [DMARC],
    severity: WARNING,
    summary: "{domain} publishes no DMARC policy",
    fix: 'Publish a TXT record at _dmarc.{domain}: "v=DMARC1; p=none; rua=mailto:dmarc-reports@{domain}"; large providers want one.',
  },
  dmarcSeveral: {
    code: "mail/dmarc-several-records",
    stages: [DMARC],
    severity: WARNING,
    summary: "There are several DMARC records at _dmarc.{domain}, so receivers discard them all",
    fix: "Leave one TXT record at _dmarc.{domain}.",
  },
  dmarcMalformed: {
    code: "mail/dmarc-syntax",
    stages: [DMARC],
    severity: WARNING,
    summary: "The DMARC record at _dmarc.{domain} cannot be read: {why}",
    fix: 'Correct the record at _dmarc.{domain}; the least is "v=DMARC1; p=none".',
  },
  /** The rest of the record is valid. */
  dmarcIgnored: {
    code: "mail/dmarc-tag-ignored",
    stages: [DMARC],
    severity: WARNING,
    summary: "Receivers pass over a part of the DMARC record at _dmarc.{domain}: {why}",
    fix: "Correct that part of the record at _dmarc.{domain}: receivers apply the others, and the default in place of this one.",
  },
  dmarcReject: {
    code: "mail/dmarc-reject",
    stages: [DMARC],
    summary: "DMARC fails, and {domain} asks receivers to refuse such mail (p=reject)",
    fix: "Let SPF or DKIM pass for {domain} (see those stages): until then, no alert from it is read.",
  },
  dmarcQuarantine: {
    code: "mail/dmarc-quarantine",
    stages: [DMARC],
    summary: "DMARC fails, and {domain} asks receivers to put such mail into junk (p=quarantine)",
    fix: "Let SPF or DKIM pass for {domain} (see those stages): until then, alerts from it end in junk.",
  },
  dmarcFail: {
    code: "mail/dmarc-fail",
    stages: [DMARC],
    severity: WARNING,
    summary: "DMARC fails, and {domain} only observes (p=none)",
    fix: "Let SPF or DKIM pass for {domain} (see those stages), before its policy becomes stricter.",
  },
  dmarcFailArrived: {
    code: "mail/dmarc-fail-arrived",
    stages: [DMARC],
    severity: WARNING,
    summary: "DMARC fails, and the mail arrived although {domain} asks for {policy}",
    fix: "Let SPF or DKIM pass for {domain} (see those stages): this receiver is lenient, others are not.",
  },
  dmarcUnknown: {
    code: "mail/dmarc-unknown",
    stages: [DMARC],
    severity: WARNING,
    summary: "Whether DMARC passes cannot be told from here",
    fix: "Let SPF pass for {domain}; or set {setting:imap}, so that DKIM is verified on the message that arrived: one of both is enough.",
  },
} as const satisfies Record<string, Remedy>;
