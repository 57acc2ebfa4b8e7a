import { prose } from "../../../../core/prose";
import { asSaid, later } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, GMX, HMAILSERVER, MAILENABLE, MICROSOFT, OBSERVED, UNKNOWN } from "../sources";

/** Troubles of the server itself, and commands that it does not understand. */
export const server: readonly Row[] = [
  {
    id: "ftp",
    cause: causes.notSmtp,
    vendor: "FTP",
    when: { words: /log ?in with user and pass|vsftpd|proftpd|filezilla|pure-ftpd/ },
    fix: prose`Check ${setting("smtp_host")} and ${setting("smtp_port")}: an FTP server answers there.`,
    source: "RFC 959",
    examples: [example("EHLO", "vsftpd", "530 Please login with USER and PASS.")],
  },
  {
    id: "exchange-proxy",
    cause: causes.backEndUnavailable,
    vendor: "Exchange Server",
    when: {
      words:
        /\bprx\d\b|temporary server error\. please try again later|could not proxy|back-?end (server )?(is )?(un|not )(available|reachable)/,
    },
    source: "https://c7solutions.com/category/error",
    examples: [
      example(
        "RCPT",
        "Exchange Server",
        "451 4.7.0 Temporary server error. Please try again later. PRX5 NextHop: 192.0.2.12",
      ),
      example("MAIL", "Exchange Server", "451 4.7.0 Temporary server error. Please try again later. PRX2", {
        source:
          "https://pupuweb.com/how-to-fix-error-451-4-7-0-when-sending-emails-from-ms-online-to-on-premise-exchange-2019",
      }),
    ],
  },
  {
    id: "exchange-resources",
    cause: causes.serverFull,
    vendor: "Exchange Server",
    when: { words: /insufficient system resources|back pressure/ },
    fix: prose`Make room on the server: Exchange stops taking mail while its disk or memory runs short (back pressure).`,
    source: "https://www.spambrella.com/faq/email-delivery-error-codes/",
    examples: [example("MAIL", "Exchange Server", "452 4.3.1 Insufficient system resources (UsedDiskSpace)")],
  },
  {
    id: "exchange-inactive",
    cause: causes.serviceUnavailable,
    vendor: "Exchange Server",
    when: { words: /^service not active/ },
    fix: prose`Have the server's transport component set to active: the server is in maintenance. Test again when it is back.`,
    source: UNKNOWN,
    examples: [example("banner", "Exchange Server", "421 4.3.2 Service not active")],
  },
  {
    id: "directory",
    cause: causes.directoryUnavailable,
    when: {
      codes: [4],
      words:
        /(lookup|directory|ldap|database|table|dns|active directory|map)( server| service)?( lookup)? (failure|failed|error|unavailable|timeout|timed out|problem)|(temporary|temporarily) (lookup|dns|unable to (verify|look)|failure in name)|unable to (look ?up|resolve)|could not (look ?up|resolve)/,
      not: /tls|spf|sender domain|domain of sender|dkim|login|auth/,
    },
    source: "https://www.postfix.org/postconf.5.html",
    examples: [
      example("RCPT", "Postfix", "451 4.3.0 <oncall@example.com>: Temporary lookup failure"),
      example("RCPT", "Exim", "451 Temporary DNS lookup failure: unable to resolve", { source: UNKNOWN }),
      example("RCPT", "Haraka", "450 LDAP lookup failed: try later", { source: UNKNOWN }),
    ],
  },
  {
    id: "server-full",
    cause: causes.serverFull,
    when: {
      words:
        /(insufficient|not enough|out of|no) (system |disk |free )?(storage|space|disk|memory)|disk (is )?full|no space left|queue (file )?too large|storage (is )?full/,
      not: /mailbox|user|recipient|quota/,
    },
    source: "RFC 5321",
    examples: [
      example("MAIL", "Postfix", "452 4.3.1 Insufficient system storage", { source: UNKNOWN }),
      example("DATA", "MailEnable", "452 Requested action not taken: insufficient system storage", {
        source: MAILENABLE,
      }),
      example("MAIL", "Exim", "452 space shortage, please try later: not enough disk space", { source: UNKNOWN }),
    ],
  },
  {
    id: "postfix-queue-file",
    cause: causes.serverError,
    vendor: "Postfix",
    when: { words: /queue file write error/ },
    fix: prose`See the server's mail log at this time: Postfix says this when its content filter is down, when it cannot write to its queue, and when the disk is full.`,
    retry: later(300),
    source: OBSERVED,
    examples: [
      example("RCPT", "Postfix", "451 4.3.0 Error: queue file write error"),
      example("DATA", "Postfix", "451 4.3.0 Error: queue file write error", { source: UNKNOWN }),
    ],
  },
  {
    id: "next-hop",
    cause: causes.noRoute,
    when: {
      words:
        /next ?hop|(upstream|remote|destination|forwarding|relay|smart ?)host?( server)? (is )?(down|unavailable|unreachable|not responding|failed|error)|(unable|could not|cannot|failed) (to )?(connect|forward|deliver|reach|pass)( \w+)? (to )?(the )?(upstream|remote|next|destination|relay|smart)|connection (refused|timed out) (by|to|while)|no route to host|forwarding failed|connect to ~|error (connecting|forwarding|sending) to/,
    },
    retry: asSaid,
    source: OBSERVED,
    examples: [
      example("DATA", "smtprelay", "421 Forwarding failed"),
      example("DATA", "smtprelay", "554 Forwarding failed: connection refused by relay01.example.com", {
        source: UNKNOWN,
      }),
      example("RCPT", "Haraka", "450 Could not connect to the next hop", { source: UNKNOWN }),
      example("DATA", "Microsoft 365", "451 4.4.0 Primary target IP address responded with an error; next hop failed", {
        source: MICROSOFT,
      }),
      example("DATA", "Mail relay", "451 4.4.1 Connection timed out while connecting to the upstream", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "timed-out",
    cause: causes.connectionTimedOut,
    when: {
      words:
        /(timeout|timed out|idle)( exceeded| waiting| limit)?( - | for |, )?(closing|waiting|connection|input|client|data|command)?|connection (timed out|timeout)|took too long/,
      not: /lookup|verify|unverified/,
    },
    source: "RFC 5321",
    examples: [
      example("EHLO", "Postfix", "421 4.4.2 mx.example.com Error: timeout exceeded", { source: UNKNOWN }),
      example("EHLO", "hMailServer", "421 Connection timeout", { source: HMAILSERVER }),
      example("DATA", "Amazon SES", "451 Timeout waiting for data from client", {
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
      }),
      example("DATA", "Gmail", "451 4.4.2 Timeout - closing connection. - gsmtp", { source: GMAIL }),
    ],
  },
  {
    id: "misconfigured",
    cause: causes.serverMisconfigured,
    when: {
      words:
        /(server|system|local|host) (\w+ )?(configuration|config) (error|problem)|misconfigur|configuration (error|problem)|unexpected failure, please contact/,
    },
    source: "RFC 3463",
    examples: [
      example("RCPT", "Postfix", "451 4.3.5 Server configuration error", { source: UNKNOWN }),
      example("MAIL", "Exim", "550 Administrative error: server misconfigured", { source: UNKNOWN }),
    ],
  },
  {
    id: "mail-filter",
    cause: causes.serverError,
    when: {
      codes: [4],
      words:
        /\bmilter\b|^service unavailable (- )?try again later|(mail|content|spam|virus|antivirus|policy|after-queue)[- ](filter|scanner|checker|daemon)( \w+)? (error|fail\w*|unavailable|not available|timed? ?out|unreachable)/,
      not: /greylisted|greylisting/,
    },
    summary: prose`A mail filter of the server (milter) failed or does not answer`,
    fix: prose`Look at the server's log for its milters or content filters (such as rspamd, OpenDKIM, amavis): one is down, cannot be reached or takes too long; the mail itself is not judged.`,
    retry: later(300),
    source: "https://www.postfix.org/MILTER_README.html",
    examples: [
      example("DATA", "Postfix", "451 4.7.1 Service unavailable - try again later"),
      example("DATA", "Postfix", "451 4.7.1 Service unavailable - try again later: milter error", { source: UNKNOWN }),
      example("DATA", "Sendmail", "451 4.3.2 Please try again later: milter unavailable", { source: UNKNOWN }),
      example("DATA", "Exim", "451 Content scanner temporarily unavailable: virus scanner failed", { source: UNKNOWN }),
    ],
  },
  {
    id: "shutting-down",
    cause: causes.serviceUnavailable,
    when: {
      words:
        /shutting down|server (is )?(too )?busy|service (is )?(temporarily |currently )?(un|not )available|(temporarily|currently) (un|not )available|system (is )?(busy|overload\w*|not accepting)|(going|being|taken) (down|offline)|maintenance|overload|try again later, closing|unable to process connection|service closing/,
      not: /client host|recipient|sender|tls|auth|spf|blocked|block list|no smtp service|access denied|reputation|milter/,
    },
    source: "RFC 5321",
    examples: [
      example("banner", "Sendmail", "421 4.3.2 System not accepting network messages: too busy", { source: UNKNOWN }),
      example("MAIL", "Postfix", "421 4.3.2 Server shutting down", { source: UNKNOWN }),
      example("banner", "Gmail", "421-4.4.5 Server busy, try again later. - gsmtp", { source: GMAIL }),
      example("banner", "Gmail", "421 4.7.0 Try again later, closing connection. - gsmtp", { source: GMAIL }),
      example("banner", "Mimecast", "421 Unable to process connection at this time", {
        source: "https://electronicaportatil.com/smtp-error-codes/",
      }),
      example("banner", "MailEnable", "421 Service not available, closing transmission channel", {
        source: MAILENABLE,
      }),
      example("banner", "GMX", "421 Service not available", { source: GMX }),
      example("banner", "Yahoo", "451 Resources temporarily unavailable. Please try again later [#4.16.1].", {
        source: "https://smtp.codes/yahoo",
      }),
    ],
  },
  {
    id: "server-error",
    cause: causes.serverError,
    when: {
      words:
        /(internal|local|temporary|system|unexpected|unknown|transient|processing)( \w+)? (error|problem|failure|failed)|error in processing|something went wrong|panic|unhandled|temporary failure$|temporarily rejected/,
      not: /login|auth|tls|lookup|dns|spf|dkim|dmarc/,
    },
    retry: later(300),
    source: "RFC 5321",
    examples: [
      example("RCPT", "Exim", "451 Temporary local problem - please try later", {
        source: "https://www.cloudmailin.com/smtp-troubleshooter/451-error",
      }),
      example("DATA", "GMX", "451 Requested action aborted: local error in processing", { source: GMX }),
      example("DATA", "Gmail", "451 4.3.0 Mail server temporarily rejected message. - gsmtp", { source: GMAIL }),
      example("DATA", "Gmail", "421 4.3.0 Temporary System Problem. Try again later. - gsmtp", { source: GMAIL }),
      example("DATA", "Yahoo", "451 4.3.2 Internal server error", { source: "https://smtp.codes/yahoo" }),
      example("DATA", "mox", "451 4.3.0 internal error (x-cid)", { source: UNKNOWN }),
      example("DATA", "Amazon SES", "451 4.3.0 Internal failure", { source: UNKNOWN }),
    ],
  },
  {
    id: "command",
    cause: causes.protocolRefused,
    when: {
      words:
        /(command|verb) (not |un)(recogni[sz]ed|implemented|known|supported|expected)|unrecogni[sz]ed (command|parameter)|unknown (command|verb)|bad (sequence|command)|(unsupported|invalid|unimplemented) (command|option|parameter)|syntax error|(protocol|synchroni[sz]ation) (error|violation)|command (rejected|unrecognized|not allowed)|i can break rules|improper (use of )?(command )?pipelining|out of (sequence|order)|nested mail|parameter/,
      not: /sender|recipient|auth|helo|ehlo|address|from|starttls/,
    },
    source: "RFC 5321",
    examples: [
      example("MAIL", "Postfix", "503 5.5.1 Error: nested MAIL command", { source: UNKNOWN }),
      example("MAIL", "Postfix", "502 5.5.2 Error: command not recognized", { source: UNKNOWN }),
      example("EHLO", "Postfix", "521 5.5.1 Protocol error", {
        source: "https://www.postfix.org/POSTSCREEN_README.html",
      }),
      example("EHLO", "Exim", "554 SMTP synchronization error", { source: UNKNOWN }),
      example("MAIL", "RFC 5321", "555 5.5.4 Unsupported option"),
      example("EHLO", "Cisco ASA", '500 5.5.1 Command unrecognized: "XXXX"', { source: UNKNOWN }),
      example("MAIL", "Haraka", "503 Bad sequence of commands", { source: UNKNOWN }),
      example("RCPT", "Proton", "550 5.5.1 Protocol error", {
        source: "https://github.com/jeremydumais/CPP-SMTPClient-library/issues/57",
      }),
    ],
  },
  {
    id: "code-421",
    cause: causes.serviceUnavailable,
    when: { codes: [421] },
    source: "RFC 5321",
    examples: [example("banner", "RFC 5321", "421 no"), example("MAIL", "RFC 5321", "421 later")],
  },
  {
    id: "code-452",
    cause: causes.serverFull,
    when: { codes: [452] },
    source: "RFC 5321",
    examples: [example("DATA", "RFC 5321", "452 no")],
  },
  {
    id: "code-4-at-greeting",
    cause: causes.serviceUnavailable,
    when: { stages: ["banner", "EHLO"], codes: [43, 44, 45] },
    source: "RFC 5321",
    examples: [example("banner", "RFC 5321", "450 no")],
  },
  {
    id: "code-50x",
    cause: causes.protocolRefused,
    when: { stages: ["EHLO", "STARTTLS", "RCPT", "DATA", "MAIL"], codes: [500, 502, 503, 504, 555] },
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "503 no"), example("MAIL", "RFC 5321", "555 no")],
  },
];
