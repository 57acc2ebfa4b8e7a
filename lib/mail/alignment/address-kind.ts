import { BlockList, isIP, isIPv6 } from "node:net";

/** Never seen by a server on the other side of the internet. @see RFC 6890 */
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

/** True for an address that mail on the internet can come from; those of the documentation count. */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false;
  made ??= NOT_PUBLIC.reduce((list, [network, prefix]) => {
    list.addSubnet(network, prefix, isIPv6(network) ? "ipv6" : "ipv4");
    return list;
  }, new BlockList());
  const plain = withoutMapping(ip);
  return !made.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** `::ffff:203.0.113.25` is 203.0.113.25, met through an IPv6 socket. */
export function withoutMapping(ip: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip;
}

/** The term that permits it in an SPF record. */
export function spfTerm(ip: string): string {
  return `${isIPv6(ip) ? "ip6" : "ip4"}:${ip}`;
}
