import { isIP } from "node:net";
import type { AlignmentRequest } from "./alignment";
import { isPublicAddress, withoutMapping } from "./address-kind";
import { headerFields, type HeaderField } from "./header-fields";

/** Where the mail comes from, as the receiving side sees it. */
export interface SourceAddresses {
  readonly ips: readonly string[];
  /** `declared`: by the user. `received`: the receiving server wrote it down. `guess`: the SMTP server's own addresses. */
  readonly origin: "declared" | "received" | "guess";
  /** For the reader: "declared", "seen by mx.example.net". */
  readonly described: string;
}

/** More are not evaluated: nobody declares them by hand. */
const MAX_SOURCES = 16;
/** Trace fields that are looked at, and how much of each. */
const MAX_TRACE_FIELDS = 30;
const MAX_TRACE_LENGTH = 2_000;

export function sourceAddresses(request: AlignmentRequest): SourceAddresses {
  const given = [...new Set(request.sourceIps.map(withoutMapping))]
    .filter((ip) => isIP(ip) !== 0)
    .slice(0, MAX_SOURCES);
  // What is declared may be private: within a company, such records exist.
  if (request.sourceIpsDeclared) return { ips: given, origin: "declared", described: "declared" };
  const seen = request.raw && clientAddress(headerFields(request.raw));
  if (seen) return { ips: [seen.ip], origin: "received", described: `as ${seen.by} saw it` };
  return { ips: given.filter(isPublicAddress), origin: "guess", described: "a guess: the SMTP server's own address" };
}

/**
 * The address of whoever handed the message over to the receiving site: as its own SPF check noted it, else the
 * first public one from which a server says it received the message, from the top. What stands below was
 * written by those who sent it; hops within the receiving site are private, and passed over.
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
 * The address after `from`, in brackets or in parentheses: "from helo (name [203.0.113.25])", "from
 * [203.0.113.25] (helo=…)", "from name (203.0.113.25)". Clients choose the name they introduce themselves by,
 * brackets and all, so it is left out, and of the rest the last one counts: servers write it behind the name.
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
