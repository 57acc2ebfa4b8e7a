import { prose } from "../../../../core/prose";
import { asSaid } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, GMX, HMAILSERVER, MAILENABLE, MICROSOFT, OBSERVED, UNKNOWN } from "../sources";

/** Refusals of the sender: the address, the login, the account. */
export const sender: readonly Row[] = [
  {
    id: "sender-of-another",
    cause: causes.senderNotAllowed,
    when: {
      words:
        /not owned by (auth )?user|(mail )?from (address )?must (be same as|match|be the same)|must (be the same as|match|equal) (the )?(authori[sz]\w+|auth\w*|login|logged[- ]in) (user|account|sender)?|(unauthori[sz]ed|not authori[sz]ed|not allowed|not permitted|no permission|cannot|may not) (use of |to use |to send (mail |e-?mail |messages? )?(as|from|with|using|for) |send (as|from) )(this |the |that |your )?(sender|address|from|e-?mail|domain|user)|sender (address )?(is )?not (allowed|authori[sz]ed|permitted|owned|valid for)|from address is not one of your|does not (belong to|match) (the |your )?(user|account|login|authenticated)|envelope[- ]from .*not (match|allowed|authori[sz]ed)|cannot send as|not allowed to send from|not allowed (in|as) (the )?(header )?(from|sender)/,
      not: /spf|dkim|dmarc|unlisted|not a verified|verified sender/,
    },
    source: "https://github.com/splitbrain/dokuwiki-plugin-smtp/issues/38",
    examples: [
      example(
        "RCPT",
        "Postfix",
        "553 5.7.1 <alerts@example.com>: Sender address rejected: not owned by user noreply@example.com",
        { source: UNKNOWN },
      ),
      example("MAIL", "Yandex", "553 5.7.1 Sender address rejected: not owned by auth user."),
      example("MAIL", "Tencent Exmail", "501 mail from address must be same as authorization user", {
        source: "https://github.com/nodeSolidServer/node-solid-server/issues/1281",
      }),
      example("RCPT", "maddy", "553 5.7.0 Unauthorized use of sender address (msg ID = 4384dd5f)", {
        source: OBSERVED,
      }),
      example("MAIL", "IONOS", "550 Sender address is not allowed", { source: UNKNOWN }),
      example("MAIL", "GMX", "550 Requested action not taken: Sender address is not allowed.", { source: UNKNOWN }),
      example("MAIL", "hMailServer", "550 Sender address must match authenticated user", { source: UNKNOWN }),
      example("DATA", "iCloud", "550 5.7.0 From address is not one of your addresses", { source: UNKNOWN }),
      example("MAIL", "Infomaniak", "553 5.7.1 You are not allowed to send from this address", { source: UNKNOWN }),
      example("MAIL", "smtprelay", "451 sender address not allowed", { source: OBSERVED }),
      example("MAIL", "mox", "550 5.7.0 not allowed to send as this address", { source: UNKNOWN }),
      example("RCPT", "Gandi", "553 5.7.1 <alerts@example.com>: Sender address rejected: not owned by user alerts", {
        source: UNKNOWN,
      }),
      example("MAIL", "OVHcloud", "550 5.7.1 Sender address not allowed for this account", { source: UNKNOWN }),
      example(
        "DATA",
        "Yahoo",
        "550 5.7.1 Request failed; Mailbox unavailable: You are not allowed to send from this address",
        { source: UNKNOWN },
      ),
      example("MAIL", "Haraka", "550 5.7.1 Your login does not match the envelope: sender not allowed", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "sender-domain-unknown",
    cause: causes.senderDomainUnknown,
    when: {
      words:
        /(domain of sender|sender('s)? domain|domain of (the )?sender address) .*(does not|doesn't|must|not) (exist|resolve|found)|sender address rejected: domain not found|sender domain (not found|does not exist|must (exist|resolve))|domain name required for sender|no such (sender )?domain.*sender|sender address has no|invalid sender domain|sender id .*no (mx|a|dns)/,
    },
    source: "https://www.postfix.org/postconf.5.html",
    examples: [
      example("RCPT", "Postfix", "450 4.1.8 <alerts@vm.example.com>: Sender address rejected: Domain not found"),
      example(
        "MAIL",
        "Sendmail",
        "553 5.1.8 <alerts@vm.example.com>... Domain of sender address alerts@vm.example.com does not exist",
        { source: UNKNOWN },
      ),
      example("MAIL", "Sendmail", "451 4.1.8 Domain of sender address alerts@vm.example.com does not resolve", {
        source: UNKNOWN,
      }),
      example("MAIL", "Cisco", "553 #5.1.8 Domain of sender address <alerts@vm.example.com> does not exist", {
        source: UNKNOWN,
      }),
      example("MAIL", "Haraka", "550 5.1.8 Sender domain does not exist: no MX, no A", { source: UNKNOWN }),
    ],
  },
  {
    id: "sender-form",
    cause: causes.senderMalformed,
    when: {
      words:
        /(sender|from|mail from)( address| command)?[^a-z]* (rejected: )?(need fully-qualified|must (contain|have) a (full )?domain|(is )?(malformed|syntactically invalid))|(bad|invalid|malformed) (sender|from|return path|reverse-path|mail from)( address)?( syntax)?$|syntax error in (sender|from)|sender address must contain a domain/,
    },
    source: "https://www.postfix.org/postconf.5.html",
    examples: [
      example("RCPT", "Postfix", "504 5.5.2 <alerts>: Sender address rejected: need fully-qualified address"),
      example("MAIL", "Exim", "501 <alerts>: sender address must contain a domain", { source: UNKNOWN }),
      example("MAIL", "chasquid", "501 5.1.7 Sender address malformed", { source: OBSERVED }),
      example("MAIL", "MailEnable", "501 Syntax error in from address", { source: MAILENABLE }),
    ],
  },
  {
    id: "address-form-at-mail",
    cause: causes.senderMalformed,
    when: {
      stages: ["MAIL"],
      words:
        /(bad|invalid|malformed) (\w+ )?address( syntax)?|address syntax|^domain( name| part)? (is )?(required|missing|needed)|(address|sender) (must|has to|needs to) (have|include|be) (an? )?(domain|fully[- ]qualified)/,
      not: /ip address|helo|ehlo|sender address\W*$/,
    },
    source: "RFC 5321",
    examples: [
      example("MAIL", "Sendmail", "501 Bad address syntax", { source: UNKNOWN }),
      example("MAIL", "IceWarp", "501 5.5.2 Domain name required", {
        source:
          "https://docs.icewarp.com/Content/IceWarp-Server/Administration-Nodes/Status/Logs/Interpretation%20of%205xx%20Errors%20in%20Icewarp%20SMTP.htm",
      }),
    ],
  },
  {
    id: "no-permission-at-mail",
    cause: causes.senderNotAllowed,
    when: {
      stages: ["MAIL"],
      codes: [5],
      words:
        /^(permission|access) denied|(not|n't) (allowed|authori[sz]ed|permitted) to send( e?-?mails?| messages?)?\W*$/,
      not: /\bip\b|host|client|relay|spf|dkim|dmarc/,
    },
    source: UNKNOWN,
    examples: [
      example("MAIL", "IceWarp", "501 5.7.1 Permission denied. You are not authorized to send"),
      example("MAIL", "Haraka", "550 You are not allowed to send mail"),
    ],
  },
  {
    id: "sender-callout",
    cause: causes.senderUnverifiable,
    outweighs: ["x.1.7"],
    when: {
      words:
        /sender verif\w* (failed|error|defer\w*)|verification failed for|sender (address )?(could not be|cannot be|not) verified|(sender|return) address .*(does not (seem to )?exist|not exist|undeliverable)|sender address rejected: (undeliverable|unverified) address|could not complete sender verify/,
    },
    source: "https://pastebin.com/inK5s3cQ",
    examples: [
      example(
        "RCPT",
        "Exim",
        "550-Verification failed for <alerts@example.com>\n550-Unrouteable address\n550 Sender verify failed",
      ),
      example(
        "RCPT",
        "Postfix",
        "450 4.1.7 <alerts@example.com>: Sender address rejected: unverified address: Address verification in progress",
        { source: "https://www.postfix.org/ADDRESS_VERIFICATION_README.html" },
      ),
      example(
        "RCPT",
        "Postfix",
        "550 5.1.7 <alerts@example.com>: Sender address rejected: undeliverable address: host mx.example.com[192.0.2.25] said: 550 5.1.1 user unknown",
        { source: "https://www.postfix.org/ADDRESS_VERIFICATION_README.html" },
      ),
      example("RCPT", "Exim", "451 Could not complete sender verify callout", {
        source: "https://github.com/BernardQuatermass/exim-wiki",
      }),
    ],
  },
  {
    id: "sender-null-mx",
    cause: causes.senderNullMx,
    when: {
      words: /sender.*null ?mx|null ?mx.*sender|sender address rejected: domain .*does not accept mail/,
    },
    source: "RFC 7505",
    examples: [
      example(
        "RCPT",
        "Postfix",
        "550 5.7.27 <alerts@example.com>: Sender address rejected: Domain example.com does not accept mail (nullMX)",
      ),
      example("MAIL", "RFC 7505", "550 Sender address has null MX"),
    ],
  },
  {
    id: "sender-access-list",
    cause: causes.senderNotAllowed,
    when: {
      words:
        /sender has been (denied|rejected|blocked)|sender (address |domain )?(is )?(rejected|blocked|denied|black ?listed|refused|not on|banned|on .*block)|sender address blocked|(access|policy) denied.*sender|envelope blocked|blocked sender|sender denied|sender rejected|sender .*not (on|in) (the |an? )?(allow|white|permitted)/,
      not: /reputation|not owned|not logged|domain not found|unverified|undeliverable|ip address|client|greylist|grey-list|not verified/,
    },
    fix: prose`Have ${setting("from_address")} taken off the list of refused senders on the server (or put on the list of allowed ones), or use another sender.`,
    retry: asSaid,
    source: "https://www.postfix.org/access.5.html",
    examples: [
      example("RCPT", "Postfix", "554 5.7.1 <alerts@example.com>: Sender address rejected: blacklisted"),
      example("RCPT", "Postfix", "554 5.7.1 <alerts@example.com>: Sender address rejected: Access denied"),
      example("MAIL", "Mimecast", "550 Administrative prohibition - envelope blocked", {
        source:
          "https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes",
      }),
      example("MAIL", "Exchange Server", "554 5.1.0 Sender denied", { source: MICROSOFT }),
      example("MAIL", "Cisco", "550 #5.1.0 Sender rejected", {
        source: "https://www.spambrella.com/faq/email-delivery-error-codes/",
      }),
      example("MAIL", "OpenSMTPD", "550 5.7.1 Sender rejected", { source: UNKNOWN }),
      example("MAIL", "smtprelay", "451 sender not on the list of allowed senders", { source: OBSERVED }),
    ],
  },
  {
    id: "sender-at-mail",
    cause: causes.senderNotAllowed,
    when: { stages: ["MAIL"], codes: [550, 553, 501, 571, 551], terse: true },
    source: "RFC 5321",
    examples: [
      example("MAIL", "RFC 5321", "553 no"),
      example("MAIL", "hMailServer", "550 no", { source: HMAILSERVER }),
      example("MAIL", "GMX", "550 not taken", { source: GMX }),
      example("MAIL", "Gmail", "553 no", { source: GMAIL }),
    ],
  },
];
