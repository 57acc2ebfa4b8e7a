import { prose } from "../../../../core/prose";
import { asSaid } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, GMX, HMAILSERVER, MICROSOFT, MIMECAST, OBSERVED, SES, UNKNOWN } from "../sources";

/** Refusals of the message's content. */
export const content: readonly Row[] = [
  {
    id: "gmx-policy",
    cause: causes.messageMalformed,
    vendor: "IONOS and GMX",
    when: { words: /transaction failed.*reject due to policy restrictions/ },
    summary: prose`The provider's policy refuses a header of the message`,
    fix: prose`Look the link in the server's words up: it names the header. Most often the sender's name has characters that the provider does not take, or ${setting("from_address")} is not an address of this account.`,
    source: "https://github.com/homematic-community/hm_email/issues/13",
    examples: [
      example(
        "DATA",
        "IONOS",
        "554-Transaction failed\n554-Reject due to policy restrictions.\n554 For explanation visit https://www.ionos.com/help/index.php?id=2425&ip=203.0.113.25&c=hd",
      ),
      example(
        "DATA",
        "GMX",
        "554-Transaction failed\n554-Reject due to policy restrictions.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=hi&i=ip&v=203.0.113.25",
        { source: GMX },
      ),
    ],
  },
  {
    id: "laposte-message-refused",
    cause: causes.contentRefused,
    vendor: "Orange, Laposte.net",
    when: { stages: ["DATA"], codes: [5], words: /service refus|lpn\d+_51\d/ },
    source: "https://bentonow.com/smtp-errors/laposte",
    examples: [
      example("DATA", "Laposte.net", "550 5.5.0 Service refuse. service refused, please try later. LPN007_510"),
    ],
  },
  {
    id: "malformed",
    cause: causes.messageMalformed,
    when: {
      words:
        /(missing|multiple|duplicate|invalid) ~ header|bare <(lf|cr)>|(missing|multiple|duplicate|invalid|malformed|no|bad|more than one|improper|non-?compliant)( \w+)? (from|to|date|subject|message-?id|sender|mime)?:? ?(header|headers)|(from|date|message-?id|subject):? header (is )?(missing|invalid)|rfc ?-?(5322|2822|822)( \w+)? (compliant|violation|specifications)|not (rfc ?-?(5322|2822|822)) compliant|header (syntax|is not valid)|invalid header|bare (lf|line ?feed|cr)|line too long|illegal (8-?bit|character)/,
    },
    source: GMAIL,
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.1 Messages missing a valid address in the From: header, or having no From: header, are not accepted. - gsmtp",
      ),
      example("DATA", "Exim", "550 Missing 'From' header", { source: UNKNOWN }),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which cannot be sent via DATA: bare LF",
        { source: MICROSOFT },
      ),
      example("DATA", "Postfix", "521 5.5.2 mx.example.com Error: bare <LF> received", { source: UNKNOWN }),
      example("DATA", "Amazon SES", "554 Transaction failed: Invalid header: duplicate header 'Date'", { source: SES }),
      example("DATA", "mox", "550 5.6.0 malformed from header", { source: UNKNOWN }),
    ],
  },
  {
    id: "spam",
    cause: causes.contentRefused,
    when: {
      words:
        /\bspam(my|score|assassin)?\b|unsolicited (mail|bulk|email|message)|(message|content|mail|body)( content)? (was |is |has been )?(rejected|refused|blocked|not accepted|unacceptable|prohibited|detected|classified)|(virus|malware|phish\w*|infected|banned (attachment|file)|attachment|executable)|content (filter|policy|violation)|(violates|violation of) .*(policy|rules?)|message (contains|content)|rejected (by|due to) (content|spam|local policy|filter)|classified as (spam|junk)|suspicious (content|message)|looks like spam|high on spam scale|considered (spam|unsolicited)|scored as|permanent failure for one or more recipients|policy reasons|local policy/,
      not: /(scanner|filter) (\w+ )?(error|failed|unavailable|timed out)|spamhaus|spf|dkim|dmarc|block(ed)? using|reputation|relay|ip address|sender address|account|low reputation|authenticat/,
    },
    retry: asSaid,
    source: GMAIL,
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.1 This message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked. - gsmtp",
      ),
      example(
        "DATA",
        "Gmail",
        "552-5.7.0 This message was blocked because its content presents a potential security issue. - gsmtp",
      ),
      example("DATA", "Postfix", "550 5.7.1 Message content rejected, UBE, id=4F2A1B3C5D", { source: UNKNOWN }),
      example("DATA", "rspamd", "554 5.7.1 Spam message rejected", { source: UNKNOWN }),
      example("DATA", "SpamAssassin", "550 5.7.1 Blocked by SpamAssassin", { source: UNKNOWN }),
      example("DATA", "Exim", "550 This message was classified as SPAM and may not be delivered", { source: UNKNOWN }),
      example("DATA", "Amazon SES", "554 Message rejected: attachment of an unsupported type", { source: SES }),
      example("DATA", "Barracuda", "550 permanent failure for one or more recipients (oncall@example.com:blocked)", {
        source:
          "https://www.suped.com/learn/blocklists/why-are-my-emails-blocked-by-barracuda-even-when-not-listed-on-blocklists",
      }),
      example("DATA", "Barracuda", "554 rejected due to spam content", { source: UNKNOWN }),
      example("DATA", "Proofpoint", "554 5.7.1 Message detected as spam", { source: UNKNOWN }),
      example(
        "DATA",
        "Mimecast",
        "554 Email rejected due to security policies: message contains malware - https://community.mimecast.com/docs/DOC-1369#554",
        { source: MIMECAST },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.520 Access denied, message content violates the outbound policy. AS(201806271)",
        { source: MICROSOFT },
      ),
      example(
        "DATA",
        "iCloud",
        "554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
        { source: UNKNOWN },
      ),
      example("DATA", "hMailServer", "554 Rejected: the message was classified as spam", { source: HMAILSERVER }),
      example("DATA", "Hetzner", "571 5.7.1 message classified as spam (Nachricht als Spam eingestuft)", {
        source: "https://www.bytecamp.net/de/faq/email/zustellen.html",
      }),
      example(
        "DATA",
        "Google Workspace",
        "550 5.7.1 This message violates example.com email policy. - gcdp 4fb4d7f45d1cf - gsmtp",
      ),
      example("DATA", "maddy", "550 5.7.1 Message rejected due to local policy (msg ID = 77aa00ff)", {
        source: OBSERVED,
      }),
      example("DATA", "OpenSMTPD", "550 message rejected", {
        source: "https://github.com/Excision-Mail/Excision-Mail/issues/54",
      }),
      example("DATA", "Yahoo", "554 Message not allowed - [PH01] Email not accepted for policy reasons", {
        source: UNKNOWN,
      }),
      example("DATA", "Domino", "554 Message rejected for policy reasons", { source: UNKNOWN }),
    ],
  },
  {
    id: "utf8",
    cause: causes.smtpUtf8Needed,
    when: { words: /smtputf8|internationali[sz]ed (address|email)|utf-?8 (address|header)|non-?ascii|eai/ },
    source: "RFC 6531",
    examples: [
      example("RCPT", "Postfix", "553 5.6.7 Must declare SMTPUTF8 to permit unicode address", { source: UNKNOWN }),
      example(
        "RCPT",
        "Gmail",
        "553 5.6.7 The recipient address has non-ASCII characters, and the message was sent without SMTPUTF8 - gsmtp",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "refused-after-message",
    cause: causes.contentRefused,
    outweighs: ["x.0.0"],
    when: { stages: ["DATA"], codes: [550, 554, 571, 541] },
    summary: prose`The server took sender and receivers and then refused the message: by its content, or by a policy that it applies last`,
    source: "RFC 5321",
    examples: [example("DATA", "RFC 5321", "554 no"), example("DATA", "RFC 5321", "550 no")],
  },
];
