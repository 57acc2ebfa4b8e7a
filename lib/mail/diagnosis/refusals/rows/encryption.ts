import { prose } from "../../../../core/prose";
import { later } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, UNKNOWN } from "../sources";

export const encryption: readonly Row[] = [
  {
    id: "gmail-message-without-tls",
    cause: causes.encryptionRequired,
    vendor: "Gmail",
    when: { enhanced: ["x.7.29"], words: /(sent over a tls connection|requires .*tls\/ssl)/ },
    source: "https://support.google.com/a/answer/81126",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.29 Your email has been blocked because this message wasn't sent over a\n550-5.7.29 TLS connection. Gmail requires all bulk email senders to use TLS/SSL for\n550-5.7.29 SMTP connections. For more information, go to\n550 5.7.29  https://support.google.com/a?p=sender-guidelines-tls 4fb4d7f45d1cf - gsmtp",
      ),
      example(
        "DATA",
        "Gmail",
        "421-4.7.29 Your email has been rate limited because this message wasn't sent over a TLS connection. - gsmtp",
      ),
    ],
  },
  {
    id: "gmail-receiver-wants-tls",
    cause: causes.encryptionRequired,
    vendor: "Gmail",
    when: { words: /tls required for rcpt domain/ },
    fix: prose`The receiver's domain takes encrypted mail only: set ${setting("security", "starttls")}.`,
    source: GMAIL,
    examples: [
      example("RCPT", "Gmail", "421 4.7.0 TLS required for RCPT domain, closing connection. 4fb4d7f45d1cf - gsmtp"),
    ],
  },
  {
    id: "starttls-first",
    cause: causes.encryptionRequired,
    when: {
      words:
        /must issue (a |the )?starttls|starttls (command )?(is |command )?(required|needed|first|must)|requires? (a )?starttls|use starttls|please starttls|issue starttls/,
    },
    source: "RFC 3207",
    examples: [
      example("MAIL", "Postfix", "530 5.7.0 Must issue a STARTTLS command first"),
      example(
        "MAIL",
        "Gmail",
        "530-5.7.0 Must issue a STARTTLS command first. For more information, go to\n530 5.7.0  https://support.google.com/a/answer/3221692 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example("AUTH", "Postfix", "538 5.7.0 Error: Must issue a STARTTLS command first", { source: UNKNOWN }),
      example("MAIL", "Amazon SES", "530 Must issue a STARTTLS command first", {
        source: "https://github.com/adamcooke/staytus/issues/194",
      }),
      example("MAIL", "OpenSMTPD", "530 5.5.1 Invalid command: Must issue a STARTTLS command first", {
        source: UNKNOWN,
      }),
      example("MAIL", "Infomaniak", "451 5.7.3 STARTTLS is required to send mail", { source: UNKNOWN }),
    ],
  },
  {
    id: "encryption-wanted",
    cause: causes.encryptionRequired,
    when: {
      words:
        /(encryption|encrypted (connection|session)|tls( encryption)?|ssl|secure (connection|channel)) (is |are )?(required|needed|mandatory)|requires? (an? )?(encryption|encrypted|tls|ssl|secure connection)|(must|should|need to|please) (use|enable|connect (with|using)|encrypt) ?(an? )?(encrypt\w*|tls|ssl|secure)|(cannot|can't|not) (log ?in|authenticate) (in clear|without (tls|encryption))|only (over|on|with) (an? )?(tls|ssl|encrypted|secure)|cleartext (login|auth\w*)|plaintext auth\w* (disallowed|not allowed)/,
      not: /certificate|requiretls|starttls is not|tls (is )?not available/,
    },
    source: "RFC 4954",
    examples: [
      example("AUTH", "Cyrus SASL", "538 Encryption required for requested authentication mechanism"),
      example(
        "AUTH",
        "Dovecot",
        "523 5.7.10 Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
        { source: UNKNOWN },
      ),
      example("AUTH", "maddy", "502 5.7.0 Authentication is available only over TLS: SSL required", {
        source: UNKNOWN,
      }),
      example("MAIL", "Domino", "530 Encryption is required on this connection", { source: UNKNOWN }),
      example("AUTH", "Exim", "503 You must use encryption before you log in", { source: UNKNOWN }),
      example("MAIL", "Haraka", "530 This server requires TLS", { source: UNKNOWN }),
      example("RCPT", "Mimecast", "451 Secure connection is required by policy", { source: UNKNOWN }),
    ],
  },
  {
    id: "tls-unavailable",
    cause: causes.encryptionUnavailable,
    outweighs: ["x.3.3"],
    when: {
      words:
        /(tls|starttls|encryption|ssl)( is| currently)? ?(not|un|temporarily un)(available| available|able)|could not (initiali[sz]e|start) (tls|ssl)|starttls (is )?(not available|failed|temporarily)|tls (currently |temporarily )?unavailable|unable to (initiali[sz]e|start) (tls|ssl)/,
    },
    source: "RFC 3207",
    examples: [
      example("STARTTLS", "Postfix", "454 4.7.0 TLS not available due to local problem"),
      example("STARTTLS", "Exim", "454 TLS currently unavailable", { source: UNKNOWN }),
      example("STARTTLS", "Sendmail", "454 4.3.3 TLS not available after start", { source: UNKNOWN }),
    ],
  },
  {
    id: "tls-refused",
    cause: causes.encryptionUnavailable,
    when: { stages: ["STARTTLS"], codes: [4] },
    source: "RFC 3207",
    examples: [example("STARTTLS", "RFC 3207", "454 Try another time")],
  },
  {
    id: "starttls-unknown",
    cause: causes.startTlsRefused,
    outweighs: ["x.5.1", "x.5.2", "x.5.0", "x.7.0", "x.7.1", "x.7.3"],
    when: {
      stages: ["STARTTLS"],
      codes: [5],
      words:
        /(could not|cannot|unable to|failed to) (initiali[sz]e|start) (tls|ssl|security)|not advertised|unimplemented|not implemented|(not |un)(recogni[sz]ed|known|supported)|bad sequence|out of (order|sequence)|not (allowed|permitted|offered|enabled|configured)|disabled/,
      not: /certificate/,
    },
    source: "RFC 3207",
    examples: [
      example("STARTTLS", "Exim", "503 STARTTLS command used when not advertised", { source: UNKNOWN }),
      example("STARTTLS", "Exchange Server", "554 5.7.3 Unable to initialize security subsystem", { source: UNKNOWN }),
      example("STARTTLS", "qmail", "502 unimplemented (#5.5.1)", { source: UNKNOWN }),
      example("STARTTLS", "hMailServer", "503 Bad sequence of commands", { source: UNKNOWN }),
      example("STARTTLS", "Postfix", "502 5.5.1 Error: command not implemented", { source: UNKNOWN }),
    ],
  },
  {
    id: "starttls-refused",
    cause: causes.startTlsRefused,
    outweighs: ["x.0.0", "x.5.0", "x.5.1", "x.5.2", "x.7.0", "x.7.1", "x.7.3"],
    when: { stages: ["STARTTLS"], codes: [5] },
    source: "RFC 3207",
    examples: [example("STARTTLS", "RFC 3207", "554 no"), example("STARTTLS", "RFC 3207", "503 no")],
  },
  {
    id: "tls-sessions",
    cause: causes.tooManyConnections,
    when: { words: /too many (new )?tls (sessions|handshakes)|tls session (rate|limit)/ },
    fix: prose`Temporary: each test makes new TLS sessions, and the server allows this machine only so many; wait some minutes, or have its IP address exempted from the limit.`,
    retry: later(300),
    source: "https://www.postfix.org/TUNING_README.html",
    examples: [
      example(
        "STARTTLS",
        "Postfix",
        "421 4.7.0 mx.example.com Error: too many new TLS sessions from unknown[192.0.2.7]",
      ),
    ],
  },
  {
    id: "client-certificate",
    cause: causes.clientCertificateRequired,
    when: {
      words:
        /(client|peer) certificate|certificate (is )?(required|not (presented|trusted))|no (client )?certificate|verification of (the )?client/,
    },
    source: "https://www.postfix.org/TLS_README.html",
    examples: [
      example("EHLO", "Postfix", "421 4.7.1 mx.example.com Error: No client certificate presented"),
      example("EHLO", "Postfix", "421 4.7.1 mx.example.com Error: Client certificate not trusted"),
      example("RCPT", "Exim", "550 A client certificate is required to send from here", { source: UNKNOWN }),
    ],
  },
  {
    id: "code-523-538",
    cause: causes.encryptionRequired,
    when: { codes: [523, 538] },
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "538 no"), example("AUTH", "RFC 5248", "523 no")],
  },
];
