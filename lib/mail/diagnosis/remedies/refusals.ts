import type { Remedy } from "../../stage/remedy";
import { AUTH, BANNER, DATA, EHLO, EHLO_TLS, MAIL } from "../../stage/stage";
import { RCPT } from "../../stage/stage-facts";

const GREETING = [BANNER, EHLO, EHLO_TLS];
const ENVELOPE = [MAIL, RCPT, DATA];
const ANYWHERE = [...GREETING, AUTH, ...ENVELOPE];

/** What a server can mean by a refusal; which of them it means is read from its reply in `lib/mail/diagnosis/refusals`. */
export const refusals = {
  encryptionRequired: {
    code: "mail/encryption-required",
    stages: ANYWHERE,
    summary: "The server wants an encrypted connection first",
    fix: 'Set security = "starttls" (or "tls" with its own port).',
  },
  loginRequired: {
    code: "mail/login-required",
    stages: ANYWHERE,
    summary: "The server wants a login first",
    fix: "Set `username` and its password, or have this machine's IP address allowed to send without.",
  },
  clientRefused: {
    code: "mail/client-refused",
    stages: [...GREETING, MAIL, RCPT],
    summary: "The server takes no mail from this machine",
    fix: "Have this machine's public IP address allowed on the server, and check whether it is on a block list.",
  },
  clientWithoutName: {
    code: "mail/client-without-name",
    stages: [...GREETING, MAIL, RCPT],
    summary: "The server wants the IP address of this machine to have a host name",
    fix: "Publish a PTR record for this machine's public IP address and an A or AAAA record that leads back, or have the address exempted from the check.",
  },
  clientNameRefused: {
    code: "mail/client-name-refused",
    stages: [EHLO, EHLO_TLS, MAIL, RCPT],
    summary: "The server does not accept the name by which this machine introduces itself",
    fix: "Give this machine a full host name that the DNS knows, or have its IP address exempted from the check.",
  },
  clientCertificateRequired: {
    code: "mail/client-certificate-required",
    stages: ANYWHERE,
    summary: "The server wants a certificate of the client's, and there is none",
    fix: "Have the sending machines allowed by login or IP address instead: platforms that send alerts have no certificate of their own to show.",
  },
  serviceUnavailable: {
    code: "mail/service-unavailable",
    stages: ANYWHERE,
    summary: "The server ends the session: it is busy, shutting down, or limits this client",
    fix: "Temporary: test again in some minutes; if it stays, ask for the connection limit of this machine's IP address to be raised.",
  },
  serverFull: {
    code: "mail/server-full",
    stages: ANYWHERE,
    summary: "The server's disk is full",
    fix: "Temporary: make room on the server.",
  },
  loginUnavailable: {
    code: "mail/login-unavailable",
    stages: [AUTH],
    summary: "The server cannot check logins at the moment",
    fix: "Temporary: its user directory does not answer; test again in some minutes, then look at the server.",
  },
  loginDisabled: {
    code: "mail/login-disabled",
    stages: [AUTH],
    summary: "The mailbox may not log in by SMTP with a password",
    fix: "Enable authenticated SMTP for this mailbox, or use a relay that takes a password.",
  },
  mechanismTooWeak: {
    code: "mail/mechanism-too-weak",
    stages: [AUTH],
    summary: "The server wants a stronger login than user and password",
    fix: "Create an application password for this account (accounts with a second factor need one), or a service account.",
  },
  accountDisabled: {
    code: "mail/account-disabled",
    stages: [AUTH],
    summary: "The account is disabled",
    fix: "Have the account enabled again, or use another one.",
  },
  loginRefused: {
    code: "mail/login-refused",
    stages: [AUTH],
    summary: "The server refused user and password",
    fix: "Check `username` (some servers want the whole address) and the password, and raise `password_wo_version` after changing it; an account may also be locked or need an application password.",
  },
  mechanismRefused: {
    code: "mail/mechanism-refused",
    stages: [AUTH],
    summary: "The server does not accept the mechanism that it offered",
    fix: "See the server's authentication settings; it may accept logins only on its submission port (usually 587).",
  },
  senderNotAuthenticated: {
    code: "mail/sender-not-authenticated",
    stages: ENVELOPE,
    summary: "The sender's domain does not authorise this server (SPF, DKIM or DMARC)",
    fix: "Publish this server in the sender domain's SPF record and sign with DKIM, or use a sender address of a domain that does.",
  },
  senderNotAllowed: {
    code: "mail/sender-not-allowed",
    stages: ENVELOPE,
    summary: "The server does not accept this sender",
    fix: "Use a `from_address` that this login may send as, of a domain that exists, or have it allowed on the server.",
  },
  greylisted: {
    code: "mail/greylisted",
    stages: ENVELOPE,
    summary: "The server asks to come back later, probably greylisting: it does not know this sender yet",
    fix: "Temporary: test again in 5 to 15 minutes or with a larger `timeout_seconds`, or have this machine's IP address exempted from greylisting.",
  },
  /** It was asked again and again. */
  stillGreylisted: {
    code: "mail/still-greylisted",
    stages: ENVELOPE,
    summary: "The server still asks to come back later after {tries} tries in {waited}: greylisting",
    fix: "Raise `timeout_seconds` beyond the server's delay, often 300 seconds, or have this machine's IP address exempted from greylisting.",
  },
  /** Before anything was sent to the server. */
  smtpUtf8NotOffered: {
    code: "mail/smtputf8-not-offered",
    stages: [MAIL, RCPT],
    summary: "{address} has characters outside ASCII, and the server does not offer SMTPUTF8",
    fix: "Write the address in ASCII, its domain as in the DNS (xn--...), or use a server that offers SMTPUTF8.",
  },
  tooManyReceivers: {
    code: "mail/too-many-receivers",
    stages: ENVELOPE,
    summary: "The server takes fewer receivers in one message",
    fix: "Use a distribution list, or raise the server's limit: real alerts go to as many.",
  },
  relayDenied: {
    code: "mail/relay-denied",
    stages: [RCPT],
    summary: "The server does not relay to this receiver's domain",
    fix: "Log in with `username`, or have this machine's source IP address authorised to relay; else use the server that is responsible for the domain.",
  },
  noSuchMailbox: {
    code: "mail/no-such-mailbox",
    stages: [RCPT],
    summary: "The server does not know this receiver",
    fix: "Check the spelling of the address, or create the mailbox.",
  },
  noSuchDomain: {
    code: "mail/no-such-domain",
    stages: [RCPT],
    summary: "The receiver's domain does not exist or takes no mail",
    fix: "Check what stands after the @.",
  },
  addressRefused: {
    code: "mail/address-refused",
    stages: [RCPT],
    summary: "The server does not accept the form of this address",
    fix: "Write the plain address, without display name, quotes or characters outside ASCII.",
  },
  mailboxDisabled: {
    code: "mail/mailbox-disabled",
    stages: [RCPT],
    summary: "The receiver's mailbox is disabled",
    fix: "Have it enabled, or name another receiver.",
  },
  mailboxFull: {
    code: "mail/mailbox-full",
    stages: [RCPT, DATA],
    summary: "The receiver's mailbox is full",
    fix: "Make room in it: real alerts would bounce as well.",
  },
  receiverRefusedByPolicy: {
    code: "mail/receiver-refused-by-policy",
    stages: [RCPT],
    summary: "A policy of the server forbids mail from here to this receiver",
    fix: "Have sender and source IP address allowed for this receiver: it may take internal or authenticated mail only.",
  },
  messageTooLarge: {
    code: "mail/message-too-large",
    stages: ENVELOPE,
    summary: "The message is larger than the server accepts",
    fix: "Raise the server's size limit: the test mail has a few kilobytes only, a limit this low would also stop real alerts.",
  },
  contentRefused: {
    code: "mail/content-refused",
    stages: [DATA],
    summary: "A filter of the server refused the message by its content or by policy",
    fix: "Ask which rule it was (the server's words are the key), or have this sender exempted from content filtering.",
  },
  /** Nobody has a better word for it. */
  refused: {
    code: "mail/refused",
    stages: ANYWHERE,
    summary: "The server refused {what}",
    fix: "See the server's words, and its log: the refusal is permanent.",
  },
  /** Nobody has a better word for it. */
  refusedForNow: {
    code: "mail/refused-for-now",
    stages: ANYWHERE,
    summary: "The server refused {what}",
    fix: "Test again in some minutes: the refusal is temporary. If it stays, see the server's log.",
  },
} as const satisfies Record<string, Remedy>;
