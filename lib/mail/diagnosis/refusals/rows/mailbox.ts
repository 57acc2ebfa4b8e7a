import * as causes from "../causes";
import { example, type Row } from "../row";
import { UNKNOWN } from "../sources";

const IMAP = ["IMAP"] as const;

/** Refusals that only IMAP servers use; those they share with SMTP servers are among the logins. */
export const mailbox: readonly Row[] = [
  {
    id: "imap-not-connected",
    cause: causes.mailboxNotConnected,
    vendor: "Microsoft 365",
    when: { stages: IMAP, words: /authenticated but not connected/ },
    source: UNKNOWN,
    examples: [example("IMAP", "Microsoft 365", "BAD User is authenticated but not connected.")],
  },
  {
    id: "imap-basic-retired",
    cause: causes.mailboxPasswordsRetired,
    vendor: "Microsoft 365",
    when: { stages: IMAP, words: /basic ?auth\w*|logondenied|blocked.?basic/ },
    source:
      "https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
    examples: [
      example("IMAP", "Microsoft 365", "NO AUTHENTICATE failed. Basic authentication is blocked"),
      example("IMAP", "Microsoft 365", "NO LOGIN failed. LogonDenied-BasicAuthBlocked", { source: UNKNOWN }),
    ],
  },
  {
    id: "imap-passwords-of-microsoft-365",
    cause: causes.mailboxPasswordsRetired,
    vendor: "Microsoft 365",
    when: {
      stages: IMAP,
      words: /^(login|authenticate)?\W*((command )?(failed|failure|unsuccessful|no)\W*|command \W*)?$/,
      circumstances: { provider: "microsoft-365", token: false },
    },
    source:
      "https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
    examples: [
      example("IMAP", "Microsoft 365", "NO LOGIN failed.", {
        situation: { provider: "microsoft-365", mechanism: "PLAIN" },
      }),
      example("IMAP", "Microsoft 365", "NO AUTHENTICATE failed.", {
        situation: { provider: "microsoft-365", mechanism: "PLAIN" },
      }),
    ],
  },
  {
    id: "imap-web-login",
    cause: causes.applicationPasswordRequired,
    vendor: "Gmail",
    when: { stages: IMAP, words: /log ?in (via|with|through) your web browser|web ?login required/ },
    source: "https://support.google.com/accounts/answer/185833",
    examples: [
      example(
        "IMAP",
        "Gmail",
        "NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)",
      ),
      example("IMAP", "Gmail", "NO [WEBALERT https://accounts.google.com/signin/continue] Web login required."),
    ],
  },
  {
    id: "imap-token",
    cause: causes.tokenRefused,
    when: {
      stages: IMAP,
      words: /invalid|expired|failed|failure|denied|refused|rejected|unauthori[sz]ed|not accepted|unsuccessful/,
      not: /too many|temporar|unavailable|internal|disabled|not enabled|locked|suspended/,
      circumstances: { token: true },
    },
    source: "https://developers.google.com/workspace/gmail/imap/xoauth2-protocol",
    examples: [
      example("IMAP", "Gmail", "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", {
        situation: { mechanism: "XOAUTH2" },
      }),
      example("IMAP", "Microsoft 365", "NO AUTHENTICATE failed.", {
        situation: { mechanism: "XOAUTH2", provider: "microsoft-365" },
      }),
    ],
  },
  {
    id: "imap-blocked-from-here",
    cause: causes.clientRefused,
    when: {
      stages: IMAP,
      words:
        /country|geo-?(ip|block|location)|suspicious (log ?in|location)|(ip|address|host|client|network)\b[^a-z]*( \w+){0,2} (is |has been |was )?(blocked|banned|black ?listed|not (allowed|permitted|authori[sz]ed))|(blocked|banned|access (denied|refused)) .*\b(ip|address|host|client)\b/,
    },
    source: "https://github.com/roundcube/roundcubemail/issues/6809",
    examples: [
      example("IMAP", "Dovecot", "NO [ALERT] country blocked"),
      example("IMAP", "MDaemon", "NO Access denied: your IP address has been blocked", { source: UNKNOWN }),
      example("IMAP", "hMailServer", "BYE Client IP not allowed", { source: UNKNOWN }),
    ],
  },
  {
    id: "imap-connections",
    cause: causes.tooManyConnections,
    when: {
      stages: IMAP,
      words:
        /(maximum|max|too many)( \w+){0,4} (connections?|sessions?|logins?|clients?|users)|(connections?|sessions?|logins?|bandwidth|rate|command) limit|limits? (exceeded|reached)|exceeded (\w+ )?(command or bandwidth|bandwidth|limits)|throttl/,
    },
    source: "https://doc.dovecot.org/configuration_manual/service_configuration/",
    examples: [
      example("IMAP", "Gmail", "NO [ALERT] Too many simultaneous connections. (Failure)", {
        source: "https://github.com/wenfxl/openai-cpa/issues/66",
      }),
      example(
        "IMAP",
        "Dovecot",
        "NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
      ),
      example("IMAP", "Gmail", "NO [OVERQUOTA] Account exceeded command or bandwidth limits.", { source: UNKNOWN }),
      example("IMAP", "Courier", "BYE Maximum connection limit reached", { source: UNKNOWN }),
      example("IMAP", "Cyrus", "BYE Too many open connections for this user", { source: UNKNOWN }),
      example("IMAP", "IONOS", "NO [LIMIT] Too many sessions", { source: UNKNOWN }),
    ],
  },
  {
    id: "imap-unavailable",
    cause: causes.loginUnavailable,
    when: {
      stages: IMAP,
      words:
        /temporar\w+|internal (\w+ )?(error|failure)|try again later|(directory|server|service|backend|mailbox|storage|database) (is )?(down|busy|(un|not )(available|reachable))|(could not|cannot|unable to) (connect|contact|reach)|account is temporarily unavailable|shutting down|maintenance/,
      not: /too many|limit|blocked|locked|disabled/,
    },
    source: "RFC 5530",
    examples: [
      example(
        "IMAP",
        "Dovecot",
        "NO [UNAVAILABLE] Temporary authentication failure. [mx.example.com:2026-11-27 20:00:00]",
      ),
      example("IMAP", "Dovecot", "NO [SERVERBUG] Internal error occurred. Refer to server log for more information."),
      example("IMAP", "Microsoft 365", "NO Server Unavailable. 15", { source: UNKNOWN }),
      example("IMAP", "Courier", "NO Temporary problem, please try again later", { source: UNKNOWN }),
      example("IMAP", "Yahoo", "NO [UNAVAILABLE] LOGIN Server error - Please try again later", { source: UNKNOWN }),
      example("IMAP", "Zimbra", "BYE Server shutting down", { source: UNKNOWN }),
    ],
  },
  {
    id: "imap-privacy-required",
    cause: causes.encryptionRequired,
    when: { stages: IMAP, responses: ["PRIVACYREQUIRED", "ENCRYPTIONNEEDED"] },
    source: "RFC 5530",
    examples: [
      example(
        "IMAP",
        "Dovecot",
        "NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
      ),
    ],
  },
  {
    id: "imap-expired",
    cause: causes.passwordExpired,
    vague: true,
    when: { stages: IMAP, responses: ["EXPIRED"] },
    source: "RFC 5530",
    examples: [example("IMAP", "RFC 5530", "NO [EXPIRED] That login is no longer valid")],
  },
  {
    id: "imap-limit",
    cause: causes.tooManyConnections,
    vague: true,
    when: { stages: IMAP, responses: ["LIMIT"] },
    source: "RFC 5530",
    examples: [example("IMAP", "RFC 5530", "NO [LIMIT] no more")],
  },
  {
    id: "imap-in-use",
    cause: causes.receiverTooBusy,
    when: { stages: IMAP, responses: ["INUSE"] },
    source: "RFC 5530",
    examples: [
      example("IMAP", "RFC 5530", "NO [INUSE] Mailbox in use"),
      example("IMAP", "Cyrus", "NO [INUSE] Lock taken", { source: UNKNOWN }),
    ],
  },
  {
    id: "imap-over-quota",
    cause: causes.mailboxFull,
    vague: true,
    when: { stages: IMAP, responses: ["OVERQUOTA"] },
    source: "RFC 5530",
    examples: [example("IMAP", "RFC 5530", "NO [OVERQUOTA] Over it")],
  },
  {
    id: "imap-unavailable-by-code",
    cause: causes.loginUnavailable,
    vague: true,
    when: { stages: IMAP, responses: ["UNAVAILABLE", "SERVERBUG"] },
    source: "RFC 5530",
    examples: [example("IMAP", "RFC 5530", "NO [UNAVAILABLE] no"), example("IMAP", "RFC 5530", "NO [SERVERBUG] no")],
  },
  {
    id: "imap-contact-administrator",
    cause: causes.mailboxAdministrator,
    vague: true,
    when: { stages: IMAP, responses: ["CONTACTADMIN", "AUTHORIZATIONFAILED", "NOPERM"] },
    source: "RFC 5530",
    examples: [
      example("IMAP", "RFC 5530", "NO [CONTACTADMIN] no"),
      example("IMAP", "RFC 5530", "NO [AUTHORIZATIONFAILED] no"),
    ],
  },
  {
    id: "imap-authentication-failed",
    cause: causes.loginRefused,
    vague: true,
    when: { stages: IMAP, responses: ["AUTHENTICATIONFAILED"] },
    source: "RFC 5530",
    examples: [example("IMAP", "RFC 5530", "NO [AUTHENTICATIONFAILED] no")],
  },
];
