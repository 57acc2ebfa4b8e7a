import { hostname } from "node:os";
import { isIPv6 } from "node:net";

/** The name for EHLO: a full host name, or the address literal that RFC 5321 requires otherwise. */
export function clientName(localAddress: string | undefined): string {
  const name = hostname();
  if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(name)) return name;
  if (localAddress === undefined) return "[127.0.0.1]";
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}
