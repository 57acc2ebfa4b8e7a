import { domainPart } from "../core/mail-address";
import type { Smtp } from "../core/topology";
import type { Topology } from "../topology";

/** Something that connects to an SMTP server, with its settings. */
export interface SmtpConnection {
  readonly address: string;
  readonly smtp: Smtp;
}

/** Mailers, and tests of servers that no mailer uses: a test of a mailer's server would only repeat the finding. */
export function connections({ mailers, tests }: Topology): SmtpConnection[] {
  const senders = mailers.flatMap(({ address, smtp }) => (smtp === undefined ? [] : [{ address, smtp }]));
  return [...senders, ...tests.filter((test) => !senders.some(({ smtp }) => sameServer(smtp, test.smtp)))];
}

/** The connections that leave the machine. */
export function remoteConnections(topology: Topology): SmtpConnection[] {
  return connections(topology).filter(({ smtp }) => !isLoopback(smtp.host));
}

/**
 * Whether two servers are certainly the same. A value that is not known yet may still match: a rule must not claim what
 * an apply can refute.
 */
export function sameServer(a: Smtp, b: Smtp): boolean {
  return maybeEqual(a.host?.toLowerCase(), b.host?.toLowerCase()) && maybeEqual(a.port, b.port);
}

/** `smtp.example.com:587`, with the parts that are known. */
export function serverName({ host, port }: Smtp): string {
  return `${host ?? "a server that is not known yet"}${port === undefined || port === null ? "" : `:${port}`}`;
}

/** The domain of a mail address in lower case; undefined for text that is no address. */
export function domainOf(address: string): string | undefined {
  return /^[^\s@]+@[^\s@]+$/.test(address) ? domainPart(address).toLowerCase() : undefined;
}

export function maybeEqual<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/**
 * Whether a host is this very machine. The rest of 127.0.0.0/8 is not: a sandbox assigns its addresses to simulated
 * machines.
 */
function isLoopback(host: string | null | undefined): boolean {
  return host !== null && host !== undefined && ["localhost", "127.0.0.1", "::1"].includes(host.toLowerCase());
}
