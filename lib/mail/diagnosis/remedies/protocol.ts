import type { Remedy } from "../../stage/remedy";
import { AUTH, BANNER, DATA, EHLO, EHLO_TLS, MAIL, TLS } from "../../stage/stage";
import { RCPT } from "../../stage/stage-facts";

/** Stages in which commands and replies are exchanged. */
const TALK = [BANNER, EHLO, TLS, EHLO_TLS, AUTH, MAIL, RCPT, DATA];

/** What to do about the dialogue itself: silence, a lost connection, invalid replies. */
export const protocol = {
  noReply: {
    code: "mail/no-reply",
    stages: [EHLO, TLS, EHLO_TLS, AUTH, MAIL, RCPT, DATA],
    summary: "The server did not answer within {ms} ms ({stage})",
    fix: "Raise {setting:timeout_seconds} if the server is slow by nature (it may take minutes to look a sender up); else look at its log: the server or something on the way is overloaded or swallows the traffic.",
  },
  noBanner: {
    code: "mail/no-banner",
    stages: [BANNER],
    summary: "The connection stands, but no greeting came within {ms} ms",
    fix: "Raise {setting:timeout_seconds}, since many servers make unknown clients wait; else look at the server's log: it takes connections and says nothing.",
  },
  slow: {
    code: "mail/slow-server",
    stages: [BANNER, EHLO, EHLO_TLS, AUTH, MAIL, RCPT],
    severity: "warning",
    summary: "the server took {seconds} s to answer",
    fix: "Have this machine's IP address exempted from what the server does with unknown clients (greet pause, reverse lookups, callouts): platforms may give up earlier than this test.",
  },
  closedAtOnce: {
    code: "mail/connection-closed-before-banner",
    stages: [BANNER],
    summary: "The connection was taken and closed again without a greeting",
    fix: "Look behind the address: a load balancer or proxy whose backend is down looks like this, when the SMTP service itself is not running there. Else the server turns this machine's IP address away: have it allowed.",
  },
  implicitTlsPort: {
    code: "mail/implicit-tls-port",
    stages: [BANNER],
    summary: "Port {port} speaks TLS from the first byte and therefore sent no greeting",
    fix: "Set {setting:security=tls}, or use the port for STARTTLS (usually 587).",
  },
  notSmtp: {
    code: "mail/not-smtp",
    stages: [BANNER],
    summary: "What answers there is not an SMTP server",
    fix: "Check {setting:smtp_host} and {setting:smtp_port}.",
  },
  protocolViolation: {
    code: "mail/protocol-violation",
    stages: TALK,
    summary: "The server broke the protocol ({stage}): {what}",
    fix: "Ask who owns the way to leave this connection alone: something between here and the server may rewrite the traffic (an inspecting firewall).",
  },
  connectionClosed: {
    code: "mail/connection-closed",
    stages: TALK,
    summary: "The server closed the connection ({stage})",
    fix: "Check whether this machine's IP address is allowed, then the server's log: servers hang up on clients they do not accept.",
  },
  connectionBroken: {
    code: "mail/connection-broken",
    stages: TALK,
    summary: "The connection broke ({stage})",
    fix: "Look at the logs of the server and of the firewalls on the way: one of them reset it.",
  },
} as const satisfies Record<string, Remedy>;
