import { isIP } from "node:net";
import type { AlignmentRequest } from "./alignment";
import { isPublicAddress, withoutMapping } from "./address-kind";
import { headerFields, type HeaderField } from "./header-fields";

/** The addresses that the mail comes from, as receivers see them. */
export interface SourceAddresses {
  readonly ips: readonly string[];
  /**
   * `declared`: by the user. `received`: recorded by the receiving server. `guess`: the SMTP server's own addresses.
   */
  readonly origin: "declared" | "received" | "guess";
  /** The origin in words: "declared", "seen by mx.example.net". */
  readonly described: string;
}

/** Further addresses are not evaluated: nobody declares more by hand. */
const MAX_SOURCES = 16;
/** The number of trace fields that are read, and the length of each. */
const MAX_TRACE_FIELDS = 30;
const MAX_TRACE_LENGTH = 2_000;

export function sourceAddresses(request: AlignmentRequest): SourceAddresses {
  const given = [...new Set(request.sourceIps.map(withoutMapping))]
    .filter((ip) => isIP(ip) !== 0)
    .slice(0, MAX_SOURCES);
  // A declared address may be private: within a company, such records exist.
  if (request.sourceIpsDeclared) return { ips: given, origin: "declared", described: "declared" };
  const seen = request.raw && clientAddress(headerFields(request.raw));
  if (seen) return { ips: [seen.ip], origin: "received", described: `as ${seen.by} saw it` };
  return { ips: given.filter(isPublicAddress), origin: "guess", described: "a guess: the SMTP server's own address" };
}

/**
 * The address of the client that handed the message to the receiving site: as its own SPF check recorded it, else, from
 * the top, the first public address in a Received field. Lower fields were written by the senders; hops within the
 * receiving site are private, and skipped.
 */
export function clientAddress(fields: readonly HeaderField[]): { ip: string; by: string } | undefined {
  const trace = fields.filter(({ name }) => name === "received" || name === "received-spf").slice(0, MAX_TRACE_FIELDS);
  const checked = trace.find(({ name }) => name === "received-spf");
  const [, noted] = /\bclient-ip="?([0-9a-f.:]{2,45})/i.exec(checked?.value.slice(0, MAX_TRACE_LENGTH) ?? "") ?? [];
  if (noted !== undefined && isPublicAddress(noted)) {
    return { ip: withoutMapping(noted), by: "the receiving server (Received-SPF)" };
  }
  for (const { name, value } of trace) {
    const text = value.slice(0, MAX_TRACE_LENGTH);
    const ip = name === "received" ? fromAddress(text) : undefined;
    if (ip === undefined || !isPublicAddress(ip)) continue;
    return { ip, by: `${/\bby\s+([a-z0-9._-]{1,253})/i.exec(text)?.[1] ?? "the receiving server"} (Received)` };
  }
  return undefined;
}

/**
 * The address after `from`, in brackets or parentheses: "from helo (name [203.0.113.25])", "from [203.0.113.25]
 * (helo=…)", "from name (203.0.113.25)". Clients choose their EHLO name, brackets included, so it is dropped, and the
 * last remaining address counts: servers write it after the name.
 */
function fromAddress(text: string): string | undefined {
  const [, from] = /^\s*from\s([^]*?)(?:\sby\s|;|$)/i.exec(text) ?? [];
  if (from === undefined) return undefined;
  const written = from.replace(/\bhelo=[^\s)]*/gi, "");
  const comment = written.indexOf("(");
  const parts = comment < 0 ? [written] : [written.slice(comment), written.slice(0, comment)];
  for (const part of parts) {
    const found = [...part.matchAll(/[[(](?:IPv6:)?([0-9a-f.:]{2,45})[\])]/gi)].map(([, ip]) => withoutMapping(ip!));
    const ip = found.filter((candidate) => isIP(candidate) !== 0).at(-1);
    if (ip !== undefined) return ip;
  }
  return undefined;
}
