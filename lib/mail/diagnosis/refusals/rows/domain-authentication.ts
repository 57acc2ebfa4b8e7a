import { prose } from "../../../../core/prose";
import { later } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMX, MICROSOFT, MIMECAST, UNKNOWN, YAHOO } from "../sources";

const otherSender = prose`or use a ${setting("from_address")} of a domain that does`;

const spf = {
  summary: prose`SPF: the sender's domain does not let this server or machine send for it`,
  fix: prose`Publish the address from which the mail leaves in the SPF record of the sender's domain, ${otherSender}.`,
};
const dkim = {
  summary: prose`DKIM: the message has no valid signature of the sender's domain`,
  fix: prose`Have the server sign with DKIM for the sender's domain and publish its key, ${otherSender}.`,
};
const dmarc = {
  summary: prose`DMARC: neither SPF nor DKIM vouches for the domain that readers see as the sender`,
  fix: prose`Make SPF or DKIM pass for the very domain of ${setting("from_address")} (alignment), as its DMARC record asks, ${otherSender}.`,
};

/** Refusals because SPF, DKIM or DMARC fails, with the check that failed. */
export const domainAuthentication: readonly Row[] = [
  {
    id: "any-of-spf-and-dkim",
    cause: causes.senderNotAuthenticated,
    outweighs: ["x.7.9"],
    when: {
      words:
        /sender is unauthenticated|mail is unauthenticated|authenticate with (either|both)|(spf|dkim)( check\w*)?( or | and |\/| nor |, )(dkim|spf)|does not have authentication information|fails to pass authentication checks|not pass(ing)? authentication|authentication (requirements|checks) (for this sender|failed)|authentication-results|unauthenticated email (from|is not accepted)|email authentication|(required|necessary|sufficient) authentication level/,
      not: /dmarc/,
    },
    source: "https://support.google.com/a/answer/81126",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n550-5.7.26  DKIM = did not pass\n550 5.7.26  https://support.google.com/mail/answer/81126#authentication 4fb4d7f45d1cf - gsmtp",
      ),
      example(
        "DATA",
        "Gmail",
        "550-5.7.1 This message does not have authentication information or fails to pass\n550-5.7.1 authentication checks. To best protect our users from spam, the\n550 5.7.1 message has been blocked. 4fb4d7f45d1cf - gsmtp",
        { source: "https://github.com/3s3s/opentrade/issues/301" },
      ),
      example(
        "DATA",
        "Yahoo",
        "550 5.7.9 This mail has been blocked because the sender is unauthenticated. Yahoo requires all senders to authenticate with either SPF or DKIM.",
        { source: "https://github.com/docusealco/docuseal/issues/524" },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.515 Access denied, sending domain example.com does not meet the required authentication level: SPF and DKIM. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { source: MICROSOFT },
      ),
    ],
  },
  {
    id: "gmail-dkim-by-code",
    cause: causes.senderNotAuthenticated,
    vendor: "Gmail",
    when: { enhanced: ["x.7.30"], words: /dkim/ },
    ...dkim,
    source: "https://support.google.com/a/answer/81126",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.30 Your email has been blocked because this mail is unauthenticated.\n550-5.7.30 Gmail requires bulk senders to authenticate with DKIM.\n550-5.7.30  DKIM = did not pass\n550 5.7.30  https://support.google.com/mail/answer/81126#authentication 4fb4d7f45d1cf - gsmtp",
      ),
    ],
  },
  {
    id: "gmail-spf-by-code",
    cause: causes.senderNotAuthenticated,
    vendor: "Gmail",
    when: { enhanced: ["x.7.27"], words: /spf/, not: /null ?mx/ },
    ...spf,
    source: "https://support.google.com/a/answer/81126",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.27 Your email has been blocked because SPF did not pass.\n550-5.7.27 Gmail requires bulk senders to authenticate with SPF. - gsmtp",
      ),
    ],
  },
  {
    id: "dmarc",
    cause: causes.senderNotAuthenticated,
    when: { words: /dmarc|anti-?spoofing/ },
    ...dmarc,
    source: "RFC 7489",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.26 Unauthenticated email from example.com is not accepted due to\n550-5.7.26 domain's DMARC policy. Please contact the administrator of\n550 5.7.26 example.com domain. 4fb4d7f45d1cf - gsmtp",
        { source: "https://support.google.com/a/answer/3726730" },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification and has a DMARC policy of reject. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { source: MICROSOFT },
      ),
      example("DATA", "Postfix", "550 5.7.1 rejected by DMARC policy for example.com", { source: UNKNOWN }),
      example(
        "DATA",
        "Mimecast",
        "550 Rejected by header based Anti-Spoofing policy: alerts@example.com - https://community.mimecast.com/docs/DOC-1369#550",
        { source: MIMECAST },
      ),
      example("DATA", "Mimecast", "550 DMARC Sender Invalid - envelope rejected", { source: MIMECAST }),
      example("DATA", "Proofpoint", "550 5.7.1 DMARC: reject by policy of the sender's domain", { source: UNKNOWN }),
      example("DATA", "mox", "550 5.7.1 rejecting per dmarc policy", { source: UNKNOWN }),
      example("DATA", "iCloud", "554 5.7.1 [HM08] Message rejected due to local policy: DMARC", { source: UNKNOWN }),
    ],
  },
  {
    id: "yahoo-policy-reasons",
    cause: causes.senderNotAuthenticated,
    vendor: "Yahoo",
    when: { enhanced: ["x.7.9"], words: /not accepted for policy reasons/ },
    ...dmarc,
    source: YAHOO,
    examples: [
      example(
        "DATA",
        "Yahoo",
        "554 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/smtp-error-codes/",
      ),
    ],
  },
  {
    id: "dkim",
    cause: causes.senderNotAuthenticated,
    when: { words: /dkim|domainkeys/, not: /spf/ },
    ...dkim,
    source: "RFC 7372",
    examples: [
      example("DATA", "RFC 7372", "550 5.7.20 No passing DKIM signature found"),
      example("DATA", "Postfix", "550 5.7.1 DKIM verification failed: bad signature", { source: UNKNOWN }),
      example("DATA", "Cisco", "550 5.7.21 DKIM unauthenticated mail is prohibited", { source: UNKNOWN }),
      example(
        "DATA",
        "Exim",
        "550 DKIM: encountered the following problem validating example.com: pubkey_unavailable",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "spf-not-checked",
    cause: causes.senderNotAuthenticated,
    outweighs: ["x.4.3"],
    when: { codes: [4], words: /spf/, not: /fail\b|not (allowed|permitted|authori[sz]ed|pass)/ },
    summary: prose`SPF: the record of the sender's domain could not be read`,
    fix: prose`Check that the name servers of the domain of ${setting("from_address")}, and of every include in its SPF record, answer; then test again.`,
    retry: later(600),
    source: "RFC 7208",
    examples: [
      example("RCPT", "Postfix", "451 4.7.24 SPF: temporary error while checking example.com", { source: UNKNOWN }),
      example("MAIL", "Cisco", "451 #4.4.3 Temporary error occurred during SPF verification.", {
        source: "https://manualsbrain.com/it/manuals/1649627/?page=293",
      }),
    ],
  },
  {
    id: "spf",
    cause: causes.senderNotAuthenticated,
    when: {
      words:
        /\bspf\b|sender policy framework|not (a )?(permitted|designated|authori[sz]ed) (sender|to send mail (for|from))|(originating|sending) ip .*not permitted by the domain owner|openspf/,
      not: /dkim|dmarc/,
    },
    ...spf,
    source: "RFC 7208",
    examples: [
      example("RCPT", "RFC 7372", "550 5.7.23 SPF validation failed"),
      example(
        "RCPT",
        "Postfix",
        "550 5.7.23 <oncall@example.com>: Recipient address rejected: Message rejected due to: SPF fail - not authorized. Please see http://www.openspf.net/Why?s=mfrom;id=alerts@example.com;ip=203.0.113.25",
        { source: UNKNOWN },
      ),
      example(
        "RCPT",
        "Exim",
        "550 SPF: 203.0.113.25 is not allowed to send mail from example.com : Please see http://www.openspf.net/Why?scope=mfrom;identity=alerts@example.com;ip=203.0.113.25",
        { source: UNKNOWN },
      ),
      example(
        "MAIL",
        "GMX",
        "550 alerts@example.com: Reject due to SPF policy. The originating IP of the message is not permitted by the domain owner",
        { source: GMX },
      ),
      example("MAIL", "Cisco", "550 #5.7.1 SPF unauthorized mail is prohibited.", {
        source: "https://manualsbrain.com/it/manuals/1649627/?page=293",
      }),
      example("MAIL", "Mimecast", "550 SPF Sender Invalid - envelope rejected", { source: MIMECAST }),
      example("MAIL", "Haraka", "550 5.7.1 SPF fail for example.com", { source: UNKNOWN }),
      example("RCPT", "chasquid", "550 5.7.23 SPF check failed: matched all", { source: UNKNOWN }),
      example("MAIL", "qmail", "550 See http://spf.example.com/why.html (#5.7.1): SPF forbids 203.0.113.25", {
        source: UNKNOWN,
      }),
      example("RCPT", "mox", "550 5.7.23 spf fail: not authorized", { source: UNKNOWN }),
    ],
  },
];
