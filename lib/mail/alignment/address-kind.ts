import { BlockList, isIP, isIPv6 } from "node:net";

/** Networks whose addresses are never seen on the internet. @see RFC 6890 */
const NOT_PUBLIC: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 3],
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];

let made: BlockList | undefined;

/** Whether mail on the internet can come from an address; those reserved for documentation are treated as public. */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false;
  made ??= NOT_PUBLIC.reduce((list, [network, prefix]) => {
    list.addSubnet(network, prefix, isIPv6(network) ? "ipv6" : "ipv4");
    return list;
  }, new BlockList());
  const plain = withoutMapping(ip);
  return !made.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** Unwraps an IPv4 address: `::ffff:203.0.113.25`, as IPv6 sockets report it, is 203.0.113.25. */
export function withoutMapping(ip: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip;
}

/** The term that permits it in an SPF record. */
export function spfTerm(ip: string): string {
  return `${isIPv6(ip) ? "ip6" : "ip4"}:${ip}`;
}
