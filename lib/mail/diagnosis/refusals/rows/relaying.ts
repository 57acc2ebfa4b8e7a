import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { HMAILSERVER, MAILENABLE, MICROSOFT, MIMECAST, OBSERVED, UNKNOWN } from "../sources";

/** Refusals to relay mail. */
export const relaying: readonly Row[] = [
  {
    id: "microsoft-direct-send",
    cause: causes.directSendRefused,
    vendor: "Microsoft 365",
    when: { words: /direct send not allowed|tenantinboundattribution/ },
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "mimecast-anti-spoofing",
    cause: causes.directSendRefused,
    vendor: "Mimecast",
    when: { words: /anti-?spoofing policy.*(inbound|not allowed)/ },
    fix: prose`Mimecast takes mail of the organisation's own domain from outside for a forged one: have this machine's source IP address excepted from its anti-spoofing policy, or send through the organisation's own outbound route.`,
    source: MIMECAST,
    examples: [example("RCPT", "Mimecast", "550 Anti-Spoofing policy - Inbound not allowed")],
  },
  {
    id: "microsoft-5.7.68",
    cause: causes.directSendRefused,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.68"] },
    source: MICROSOFT,
    examples: [example("DATA", "Microsoft 365", "550 5.7.68 no")],
  },
  {
    id: "microsoft-relay-attribution",
    cause: causes.relayDenied,
    vendor: "Microsoft 365",
    when: { words: /relay access denied.*attr|tenantattribution/ },
    fix: prose`Have an inbound connector of the type "your organisation's mail server" made for this machine's source IP address or certificate, and the sender's domain added to the organisation's accepted domains.`,
    source: MICROSOFT,
    examples: [
      example(
        "RCPT",
        "Microsoft 365",
        "550 5.7.64 TenantAttribution; Relay Access Denied [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "workspace-relay",
    cause: causes.clientNotAllowed,
    vendor: "Google Workspace",
    when: {
      words: /invalid credentials for relay|mail relay denied|relay (is )?not (registered|configured).*workspace/,
    },
    summary: prose`The Workspace SMTP relay does not know this machine's IP address or the sender's domain`,
    fix: prose`Add this machine's public IP address to the SMTP relay setting of the Workspace (Apps, Gmail, Routing), or log in with ${setting("username")}; ${setting("from_address")} has to be of a domain of that Workspace.`,
    source: "https://support.google.com/a/answer/6140680",
    examples: [
      example(
        "MAIL",
        "Google Workspace relay",
        "550-5.7.1 Invalid credentials for relay [203.0.113.25]. The IP address you've\n550-5.7.1 registered in your Workspace SMTP Relay service doesn't match the domain\n550-5.7.1 of the account this email is being sent from.\n550 5.7.1  https://support.google.com/a/answer/6140680#invalidcred 4fb4d7f45d1cf - gsmtp",
      ),
      example(
        "MAIL",
        "Google Workspace relay",
        "550-5.7.0 Mail relay denied [203.0.113.25]. Invalid credentials for relay\n550 5.7.0 for one of the domains in: example.com (as obtained from HELO and MAIL FROM). - gsmtp",
      ),
    ],
  },
  {
    id: "hmailserver-delivery-not-allowed",
    cause: causes.relayDenied,
    vendor: "hMailServer",
    when: { words: /delivery is not allowed to this address/ },
    source: "https://www.hmailserver.com/documentation/v4.4/?page=reference_error_messages",
    examples: [example("RCPT", "hMailServer", "550 Delivery is not allowed to this address.")],
  },
  {
    id: "relay-denied",
    cause: causes.relayDenied,
    outweighs: ["x.1.2"],
    when: {
      words:
        /relay(ing)?( access| not| mail| operation)? ?(denied|rejected|prohibited|disallowed|disabled|refused|forbidden|(is )?not (permitted|allowed|authori[sz]ed|supported))|(unable|not (permitted|allowed|authori[sz]ed)|cannot|won't|will not|do not|don't|does not|refus\w+|no) (\w+ )?(to )?relay|relay (not permitted|not allowed)|(isn't|not) in my (list of allowed )?rcpthosts|relay for|not local|we do not relay|open relay|not (a )?(gateway|local domain)|domain isn't (in|allowed)|no relay|insecure mail relay|as a relay|rejected for policy reasons.*relay|only accept mail for|non-local (recipient|domain|e-?mail)|foreign domain/,
      not: /mailbox unavailable or not local|authenticat|invalid credentials/,
    },
    source: "RFC 5321",
    examples: [
      example("RCPT", "Postfix", "554 5.7.1 <oncall@example.com>: Relay access denied", {
        source: "https://github.com/docker-mailserver/docker-mailserver/issues/19",
      }),
      example("RCPT", "Postfix", "454 4.7.1 <oncall@example.com>: Relay access denied", { source: UNKNOWN }),
      example("RCPT", "Exim", "550 relay not permitted", { source: UNKNOWN }),
      example("RCPT", "Sendmail", "550 5.7.1 <oncall@example.com>... Relaying denied", { source: UNKNOWN }),
      example(
        "RCPT",
        "Sendmail",
        "550 5.7.1 <oncall@example.com>... Relaying denied. IP name lookup failed [192.0.2.7]",
        { source: UNKNOWN },
      ),
      example("RCPT", "qmail", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", {
        source: UNKNOWN,
      }),
      example("RCPT", "Exchange Server", "550 5.7.1 Unable to relay", {
        source: "https://github.com/jstedfast/MailKit/issues/873",
      }),
      example("RCPT", "Exchange Server", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", {
        source: UNKNOWN,
      }),
      example("RCPT", "Mailgun", "550 5.7.1 Relaying denied", { source: "https://github.com/n8n-io/n8n/issues/13269" }),
      example("RCPT", "Cisco", "550 #5.7.1 Relaying denied", { source: UNKNOWN }),
      example("RCPT", "Domino", "554 Relay rejected for policy reasons.", {
        source: "https://misduong.blogspot.com/2016/",
      }),
      example("RCPT", "MailEnable", "503 This mail server does not relay: not a local domain", { source: MAILENABLE }),
      example("RCPT", "Haraka", "550 I cannot deliver mail for oncall@example.com: relaying denied", {
        source: UNKNOWN,
      }),
      example("RCPT", "Kerio Connect", "550 5.7.1 Relaying to <oncall@example.com> denied: we relay for nobody", {
        source: "https://github.com/jstedfast/MailKit/issues/758",
        situation: { login: "none" },
      }),
      example("RCPT", "chasquid", "503 5.7.1 Relay not allowed", { source: OBSERVED }),
      example("RCPT", "Barracuda", "550 relaying denied for oncall@example.com", { source: UNKNOWN }),
      example("RCPT", "Mimecast", "550 Relay not allowed: not a local domain", { source: UNKNOWN }),
      example("RCPT", "Proofpoint Essentials", "550 5.7.1 Relay Access denied", {
        source: "https://www.spambrella.com/faq/email-delivery-error-codes/",
      }),
      example("RCPT", "OpenSMTPD", "550 Invalid recipient: relay denied", { source: UNKNOWN }),
      example("RCPT", "IONOS", "550 Requested action not taken: relaying denied", { source: UNKNOWN }),
      example("RCPT", "hMailServer", "551 User not local", { source: HMAILSERVER }),
      example("RCPT", "mox", "550 5.7.1 not accepting mail: we do not relay", { source: UNKNOWN }),
    ],
  },
  {
    id: "exchange-5.7.54",
    cause: causes.relayDenied,
    vendor: "Exchange Server",
    when: { enhanced: ["5.7.54", "5.7.64"] },
    source: MICROSOFT,
    examples: [example("RCPT", "Exchange Server", "550 5.7.54 no")],
  },
  {
    id: "loop",
    cause: causes.mailLoop,
    when: {
      words:
        /too many hops|hop count (exceeded|limit)|mail (is )?loop|loop(s|ing)? (back|detected)|routing loop|message is looping/,
    },
    source: "RFC 5321",
    examples: [
      example("DATA", "Postfix", "554 5.4.0 Error: too many hops", { source: UNKNOWN }),
      example("DATA", "Exchange Server", "554 5.4.14 Hop count exceeded - possible mail loop ATTR34", {
        source: MICROSOFT,
      }),
      example("DATA", "Exim", '550 Too many "Received" headers - suspected mail loop', { source: UNKNOWN }),
    ],
  },
  {
    id: "code-551",
    cause: causes.relayDenied,
    when: { codes: [551] },
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "551 no")],
  },
  {
    id: "code-521",
    cause: causes.hostTakesNoMail,
    when: { codes: [521], stages: ["banner", "EHLO", "MAIL", "RCPT"] },
    source: "RFC 7504",
    examples: [example("banner", "RFC 7504", "521 mx.example.com")],
  },
  {
    id: "host-takes-no-mail",
    cause: causes.hostTakesNoMail,
    when: { words: /permission to relay|(host|server|service) does not accept (any )?mail/ },
    source: "RFC 7504",
    examples: [example("banner", "RFC 7504", "521 This server does not accept mail")],
  },
];
