import * as causes from "../causes";
import { example, type Row } from "../row";
import { GMAIL, GMX, HMAILSERVER, MAILENABLE, MICROSOFT, MIMECAST, OBSERVED, UNKNOWN } from "../sources";

/** Refusals because of a mailbox or its address. */
export const receiverMailbox: readonly Row[] = [
  {
    id: "mailbox-full",
    cause: causes.mailboxFull,
    when: {
      words:
        /(mailbox|mail ?box|user|account|inbox|recipient|quota|storage|disk)('s)? ?(\w+ )?(is |has )?(full|over ?quota|exceeded( \w+)? (quota|storage|limit)|out of (space|storage))|over ?quota|quota (is )?(exceeded|full|limit exceeded)|exceed\w* (\w+ )?(mailbox |storage |disk )?(quota|storage allocation)|mailbox size limit|not enough (storage|space) .*(mailbox|user)|insufficient (storage|space) .*(mailbox|user|recipient)/,
      not: /daily|sending|send quota|message quota|hour|system storage|credits|message size|maximum/,
    },
    source: "RFC 3463",
    examples: [
      example("RCPT", "Postfix", "552 5.2.2 <oncall@example.com>: Mailbox is full / Blocks limit exceeded", {
        source: UNKNOWN,
      }),
      example("RCPT", "Dovecot", "452 4.2.2 <oncall@example.com> Quota exceeded (mailbox for user is full)", {
        source: UNKNOWN,
      }),
      example(
        "RCPT",
        "Gmail",
        "452-4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to clean out their mailbox. - gsmtp",
        { source: GMAIL },
      ),
      example("RCPT", "Exim", "552 Mailbox full", { source: UNKNOWN }),
      example(
        "DATA",
        "GMX",
        "552 Requested mail action aborted: exceeded storage allocation: Quota exceeded. The recipient's mailbox is full.",
        { source: GMX },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
        { source: MICROSOFT },
      ),
      example("RCPT", "Sendmail", "552 Requested mailbox exceeds quota.", {
        source: "https://github.com/twisted1919/bounce-handler",
      }),
      example("DATA", "MailEnable", "552 Requested mail action aborted: mailbox is over quota", { source: MAILENABLE }),
    ],
  },
  {
    id: "mailbox-disabled",
    cause: causes.mailboxDisabled,
    outweighs: ["x.7.13", "x.1.1"],
    when: {
      words:
        /(mailbox|mail ?box|recipient|user|account|address)[^a-z]* ?(\w+ )?(is |has been |was )?(temporarily |administratively )?(disabled|inactive|deactivated|suspended|closed|discontinued|not accepting (mail|messages))|tried to reach is (disabled|inactive)|(disabled|inactive|suspended) (mailbox|recipient|user|account)|no longer (accepts|available|in use|valid|active)|accountdisabledexception/,
      stages: ["RCPT", "DATA"],
    },
    source: "RFC 3463",
    examples: [
      example(
        "RCPT",
        "Gmail",
        "550-5.2.1 The email account that you tried to reach is disabled. For more information, go to\n550 5.2.1  https://support.google.com/mail/?p=DisabledUser 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example("RCPT", "hMailServer", "550 Account is not active: the mailbox is disabled", { source: HMAILSERVER }),
      example(
        "DATA",
        "Yahoo",
        "554 delivery error: dd This account has been disabled or discontinued - mta4001.mail.example.com",
        { source: "https://github.com/yaslama/bouncehammer" },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.13 STOREDRV.Deliver.Exception:AccountDisabledException.MapiExceptionADUserDisabledAndHidden; Failed to process message",
        { source: "https://tamingdns.com/bounce-decoder/microsoft" },
      ),
      example("RCPT", "MailEnable", "550 Mailbox is disabled", { source: MAILENABLE }),
    ],
  },
  {
    id: "receiver-form",
    cause: causes.addressRefused,
    when: {
      words:
        /(recipient|rcpt|to|destination|mailbox)( address| name)?[^a-z]* (rejected: )?(need fully-qualified|must contain a domain|(is )?(malformed|syntactically invalid))|bad (recipient|destination|address|mailbox)( mailbox)?( address)? syntax|(malformed|invalid) (recipient |destination )?address|syntax error in (the )?(recipient|to|rcpt)|not a valid rfc[ -]?5321 address|not a valid address|invalid (syntax|character) in (recipient|address)|need fully-qualified address/,
      not: /sender|helo|ehlo/,
    },
    source: "RFC 5321",
    examples: [
      example("RCPT", "Postfix", "501 5.1.3 Bad recipient address syntax", { source: UNKNOWN }),
      example("RCPT", "Postfix", "504 5.5.2 <oncall>: Recipient address rejected: need fully-qualified address", {
        source: UNKNOWN,
      }),
      example("RCPT", "Gmail", "553-5.1.3 The recipient address <oncall@> is not a valid RFC 5321 address. - gsmtp", {
        source: GMAIL,
      }),
      example("RCPT", "Exim", "501 <oncall>: recipient address must contain a domain", { source: UNKNOWN }),
      example("RCPT", "hMailServer", "550 The address is not valid: malformed address", { source: HMAILSERVER }),
    ],
  },
  {
    id: "no-such-domain",
    cause: causes.noSuchDomain,
    when: {
      words:
        /(host|domain|name)( name)? (of recipient )?(unknown|not found|does not exist|doesn't exist)|(unknown|no such|nonexistent|invalid) (host|domain|destination)|recipient address rejected: domain not found|unrouteable address|unroutable (address|mail domain)|all relevant mx records point to non-?existent|no (valid )?(mx|route) (records? )?(for|to) (the )?(domain|recipient)/,
      not: /sender|helo|ehlo|client|ptr|reverse/,
    },
    source: "RFC 3463",
    examples: [
      example(
        "RCPT",
        "Sendmail",
        "550 5.1.2 <oncall@exmaple.com>... Host unknown (Name server: exmaple.com: host not found)",
        { source: UNKNOWN },
      ),
      example("RCPT", "Postfix", "450 4.1.2 <oncall@exmaple.com>: Recipient address rejected: Domain not found", {
        source: UNKNOWN,
      }),
      example("RCPT", "Exim", "550 Unrouteable address", { source: "https://pastebin.com/inK5s3cQ" }),
      example("RCPT", "Exim", "550 all relevant MX records point to non-existent hosts", { source: UNKNOWN }),
    ],
  },
  {
    id: "null-mx",
    cause: causes.receiverNullMx,
    when: {
      words:
        /mailbox name (is )?(not allowed|invalid)|(recipient|domain).*null ?mx|null ?mx|domain .*does not accept mail|domain does not accept e?-?mail/,
      not: /sender/,
    },
    source: "RFC 7505",
    examples: [
      example("RCPT", "RFC 7505", "556 Recipient address has null MX"),
      example(
        "RCPT",
        "Postfix",
        "556 5.1.10 <oncall@example.com>: Recipient address rejected: Domain example.com does not accept mail (nullMX)",
      ),
    ],
  },
  {
    id: "mailbox-moved",
    cause: causes.mailboxMoved,
    when: {
      words:
        /(user|mailbox|recipient|account) (has )?moved|no forwarding address|address (has )?changed|please (try|use) <?~>? ?instead|new address/,
    },
    source: "RFC 5321",
    examples: [
      example("RCPT", "Sendmail", "551 5.1.6 User has moved; please try <oncall@example.org>", { source: UNKNOWN }),
      example("RCPT", "Domino", "550 User has moved, no forwarding address", { source: UNKNOWN }),
    ],
  },
  {
    id: "no-such-mailbox",
    cause: causes.noSuchMailbox,
    when: {
      codes: [5],
      words:
        /(user|mailbox|mail ?box|recipient|account|addressee|address|alias|local ?part|person|email)( name)?( address)?[^a-z]* ?(\w+ )?(is |was )?(unknown|not (be )?(found|known|exist\w*|listed|available|local|recogni[sz]ed)|unavailable|does(n't| not) exist|invalid|undeliverable|not a (known|valid)|rejected: (user|mailbox|address|account) (unknown|not|does|rejected))|(unknown|no such|invalid|nonexistent|unlisted|not a known|bad destination) (local )?(user|mailbox|mail ?box|recipient|account|address|person|alias|local[- ]?part|email)|(doesn't|does not|don't|do not) have an? (\S+ )?account|no mailbox (here|by that name)|(user|address|account) that you tried to reach does not exist|no one (with|by) that|not our customer|mailbox not found|recipient not found|no valid recipients|there is no|is not a valid (user|mailbox|recipient)|not (listed )?in (the )?(domino )?directory|unknown or illegal alias|delivery to this address is restricted to known/,
      not: /sender|authenticat|spf|relay|log ?in|greylist|client host|helo|ehlo|quota|policy reasons|verify|verif|temporar/,
      stages: ["RCPT", "DATA"],
    },
    source: "RFC 5321",
    examples: [
      example(
        "RCPT",
        "Postfix",
        "550 5.1.1 <oncall@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
        { source: UNKNOWN },
      ),
      example("RCPT", "Sendmail", "550 5.1.1 <oncall@example.com>... User unknown [relay.example.com]", {
        source: UNKNOWN,
      }),
      example(
        "RCPT",
        "Gmail",
        "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos. 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example("RCPT", "Exim", "550 No such user here", { source: "https://github.com/justingit/dada-mail" }),
      example("RCPT", "qmail", "550 sorry, no mailbox here by that name (#5.1.1)", { source: UNKNOWN }),
      example("RCPT", "hMailServer", "550 Unknown user", { source: HMAILSERVER }),
      example("RCPT", "MailEnable", "550 Requested action not taken: mailbox unavailable or not local", {
        source: MAILENABLE,
      }),
      example("RCPT", "Domino", "550 oncall@example.com... No such user", {
        source:
          "https://bmb-spa.com/help/help9_admin.nsf/b3266a3c17f9bb7085256b870069c0a9/dfa5abc275aac27885257bb90081e289",
      }),
      example(
        "RCPT",
        "GMX",
        "550-Requested action not taken: mailbox unavailable\n550 For explanation visit https://postmaster.gmx.net/en/case?c=r0102",
        { source: GMX },
      ),
      example(
        "DATA",
        "Yahoo",
        "554 delivery error: dd This user doesn't have a yahoo.com account (oncall@example.com) [0] - mta4001.mail.example.com",
        { source: "http://www-01.ibm.com/support/docview.wss?uid=swg21622401" },
      ),
      example("RCPT", "iCloud", "550 5.1.1 <oncall@example.com>: user does not exist", { source: UNKNOWN }),
      example("RCPT", "Mimecast", "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550", {
        source: MIMECAST,
      }),
      example("RCPT", "Mailpit", "550 5.1.0 Requested action not taken: mailbox unavailable", { source: OBSERVED }),
      example("RCPT", "maddy", "550 5.1.1 User does not exist (msg ID = 2b0c4f6e)", { source: OBSERVED }),
      example("RCPT", "chasquid", "550 5.1.1 Destination address is unknown (user does not exist)", {
        source: OBSERVED,
      }),
      example("RCPT", "mox", "550 5.1.1 no such user", { source: UNKNOWN }),
      example("RCPT", "OpenSMTPD", "550 Invalid recipient: <oncall@example.com>", { source: UNKNOWN }),
      example("RCPT", "Haraka", "550 5.1.1 I do not know that mailbox: no such user", { source: UNKNOWN }),
      example("RCPT", "Proofpoint", "550 5.1.1 User Unknown", { source: UNKNOWN }),
      example("RCPT", "Barracuda", "550 No such recipient here: oncall@example.com", { source: UNKNOWN }),
      example("RCPT", "Kerio Connect", "550 5.1.1 User oncall@example.com unknown", { source: UNKNOWN }),
      example("RCPT", "Cisco", "550 #5.1.0 Address rejected: unknown recipient", { source: UNKNOWN }),
      example("RCPT", "OVHcloud", "550 5.1.1 <oncall@example.com>: Recipient address rejected: User unknown", {
        source: UNKNOWN,
      }),
      example("RCPT", "Infomaniak", "550 5.1.1 Mailbox does not exist", { source: UNKNOWN }),
    ],
  },
  {
    id: "ironport-address",
    cause: causes.noSuchMailbox,
    vendor: "Cisco",
    when: { enhanced: ["5.1.0"], words: /^address rejected\W*$/ },
    source: UNKNOWN,
    examples: [example("RCPT", "Cisco", "550 #5.1.0 Address rejected.")],
  },
];
