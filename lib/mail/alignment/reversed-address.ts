import { isIPv6 } from "node:net";

/** "25.113.0.203", or 32 digits for IPv6: an address as part of a DNS name. @see RFC 1035, section 3.5; RFC 3596 */
export function reversedAddress(ip: string): string {
  return isIPv6(ip) ? [...digitsOf(ip)].reverse().join(".") : ip.split(".").reverse().join(".");
}

/** The name that has an address's PTR records. */
export function reverseName(ip: string): string {
  return `${reversedAddress(ip)}.${isIPv6(ip) ? "ip6" : "in-addr"}.arpa`;
}

/** Whether two texts are the same address. */
export function sameAddress(one: string, other: string): boolean {
  if (isIPv6(one) !== isIPv6(other)) return false;
  return isIPv6(one) ? digitsOf(one) === digitsOf(other) : one === other;
}

/** All 32 hexadecimal digits. */
function digitsOf(ip: string): string {
  const [plain = ""] = ip.toLowerCase().split("%");
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const hexadecimal = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
  const text = dotted
    ? `${dotted[1]!}${hexadecimal(dotted[2]!, dotted[3]!)}:${hexadecimal(dotted[4]!, dotted[5]!)}`
    : plain;
  const [before = "", after] = text.split("::");
  const groups = (part: string) => part.split(":").filter((group) => group !== "");
  const [left, right] = [groups(before), groups(after ?? "")];
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join("");
}
