import type { Remedy } from "../../stage/remedy";
import { MAIL, TLS } from "../../stage/stage";

/** What to do when the connection cannot be encrypted. */
export const tls = {
  startTlsNotOffered: {
    code: "mail/starttls-not-offered",
    stages: [TLS],
    summary: "The server offers no STARTTLS, and it is required",
    fix: "Turn on TLS on the server, or use {setting:security=tls} with its port (usually 465); nothing was sent in the clear. A firewall that inspects SMTP may also hide the offer.",
  },
  /** Only where STARTTLS is requested if it is offered. */
  staysInClear: {
    code: "mail/stays-in-clear",
    stages: [TLS],
    severity: "warning",
    summary: "The server offers no STARTTLS, so mail and password would travel in plain text",
    fix: "Turn on TLS on the server, or use implicit TLS with its port (usually 465). A firewall that inspects SMTP may also hide the offer.",
  },
  startTlsInjection: {
    code: "mail/starttls-injection",
    stages: [TLS],
    summary: "Plain text followed the server's consent to STARTTLS",
    fix: "Do not send mail over this path until it is explained: somebody on the way may be injecting replies, or the server is broken.",
  },
  plainTextPort: {
    code: "mail/plain-text-port",
    stages: [TLS],
    summary: 'Port {port} answers in plain text, not with TLS ("wrong version number")',
    fix: "Set {setting:security=starttls} for this port, or use the port for implicit TLS (usually 465).",
  },
  tlsVersion: {
    code: "mail/tls-version",
    stages: [TLS],
    summary: "Server and client have no TLS version or cipher in common",
    fix: "Enable TLS 1.2 or newer on the server, with ciphers that current clients have (ECDHE with AES-GCM or ChaCha20).",
  },
  tlsFailed: {
    code: "mail/tls-failed",
    stages: [TLS],
    summary: "The TLS handshake failed",
    fix: "See the server's TLS settings and log.",
  },
  onlyOldTls: {
    code: "mail/tls-too-old",
    stages: [TLS],
    summary: "The server speaks no newer version than {protocol}",
    fix: "Enable TLS 1.2 or newer on the server: {protocol} was withdrawn (RFC 8996), and current senders refuse it.",
  },
  nameUnknown: {
    code: "mail/tls-name-unknown",
    stages: [TLS],
    summary: "The server has no certificate for the name {host} (unrecognized_name)",
    fix: "Use as {setting:smtp_host} a name that the server's certificate is made for, or install one for {host} on the server.",
  },
  serverStumbled: {
    code: "mail/tls-server-error",
    stages: [TLS],
    summary: "The server broke off the TLS handshake with an internal error",
    fix: "Check that the server has a certificate for the name {host}, since servers written in Go answer so where they have none; else see its log.",
  },
  secondCertificate: {
    code: "mail/second-certificate",
    stages: [TLS, MAIL],
    summary: "The certificate behind {host} was trusted on one connection and not on the next",
    fix: "Give every server behind this name the same certificate and chain.",
  },
  startTlsMasked: {
    code: "mail/starttls-masked",
    stages: [TLS],
    summary: "A firewall on the way has overwritten the offer of STARTTLS by X",
    fix: "Turn off SMTP inspection on that firewall (Cisco: `no inspect esmtp`, or `allow-tls`) before anything else: the server behind it does offer STARTTLS.",
  },
} as const satisfies Record<string, Remedy>;
