import type { Remedy } from "../../stage/remedy";
import { TCP } from "../../stage/stage";

/** What to do when no connection is made, depending on the declared flows. */
export const connection = {
  connectionRefused: {
    code: "mail/connection-refused",
    stages: [TCP],
    summary: "{where} refused the connection (ECONNREFUSED)",
    fix: "Check {setting:smtp_port} and that the SMTP service runs. Nobody listens there; a firewall that rejects, rather than drops, looks the same.",
  },
  flowNotDeclared: {
    code: "mail/flow-not-declared",
    stages: [TCP],
    summary: "timeout after {time} and no flow declared for {where}",
    fix: "Declare an outbound flow for {where}; the declared ones do not cover it.",
  },
  /** A flow is declared for the address. */
  flowDoesNotCarry: {
    code: "mail/flow-does-not-carry",
    stages: [TCP],
    summary: "{where} did not answer within {time} (ETIMEDOUT), though a flow is declared for it",
    fix: "Look further: is the flow delivered, does the firewall on the server's side let this machine in, and does this machine use that flow at all?",
  },
  /** Nothing is known of flows. */
  connectTimeout: {
    code: "mail/connect-timeout",
    stages: [TCP],
    summary: "{where} did not answer within {time} (ETIMEDOUT)",
    fix: "Open an outbound flow for {where}, and let this machine in on the server's side: a firewall on the way drops the packets.",
  },
  unreachable: {
    code: "mail/unreachable",
    stages: [TCP],
    summary: "There is no route to {where} ({error})",
    fix: "Check the routing of this machine's network, and, if the address is IPv6, that it has IPv6 at all.",
  },
  connectFailed: {
    code: "mail/connect-failed",
    stages: [TCP],
    summary: "The connection to {where} failed",
    fix: "Check address, port and network.",
  },
  someAddressesFailed: {
    code: "mail/some-addresses-failed",
    stages: [TCP],
    severity: "warning",
    summary: "Not every address of the server answers: {failed}",
    fix: "Repair that address or take it out of the DNS: mail fails whenever the sender picks it. {remedy}",
  },
  reachedWithoutFlow: {
    code: "mail/reached-without-flow",
    stages: [TCP],
    severity: "warning",
    summary: "no flow declared for {where}",
    fix: "Declare an outbound flow for {where}: this machine gets through without one, the monitored platform will not.",
  },
  deadFamily: {
    code: "mail/address-family-dead",
    stages: [TCP],
    severity: "warning",
    summary: "the server answers by {alive}, and by {family} not at all: {failed}",
    fix: "Repair {family} on the server, or take its {record} records out of the DNS: senders that try {family} first wait for it before every mail, and some never try the other.",
  },
  /** This machine has no route to the whole address family. */
  familyNotHere: {
    code: "mail/address-family-not-here",
    stages: [TCP],
    severity: "warning",
    summary: "this machine has no {family}, so these addresses of the server could not be tried: {addresses}",
    fix: "Test from a machine that has {family} if the platforms that send have it too; senders that try it first would be the first to notice.",
  },
} as const satisfies Record<string, Remedy>;
