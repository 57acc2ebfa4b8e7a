import { BlockList, isIPv4 } from "node:net";
import { judge, type Rule } from "../rule";

/**
 * Networks that are not public.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const RANGES: readonly (readonly [network: string, prefix: number, title: string])[] = [
  ["0.0.0.0", 8, "no destination (this network)"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "shared by providers (carrier-grade NAT)"],
  ["127.0.0.0", 8, "the machine itself (loopback)"],
  ["169.254.0.0", 16, "link-local"],
  ["172.16.0.0", 12, "private"],
  ["192.0.2.0", 24, "reserved for documentation"],
  ["192.168.0.0", 16, "private"],
  ["198.18.0.0", 15, "reserved for benchmarks"],
  ["198.51.100.0", 24, "reserved for documentation"],
  ["203.0.113.0", 24, "reserved for documentation"],
  ["224.0.0.0", 4, "multicast"],
  ["240.0.0.0", 4, "reserved"],
];

export const flowToPublicAddress: Rule = {
  id: "flow-to-public-address",
  title: "Flows lead to public addresses",
  severity: "warning",
  why: "A hosted platform's firewall opens the way to the internet: behind a private or reserved address there is no SMTP server to reach from there, and an address from the documentation is a forgotten placeholder.",
  fix: "Use the public address of the SMTP server. When a private network really leads there, acknowledge this and say which.",
  scope: "Flows whose address is known.",
  see: "https://www.iana.org/assignments/iana-ipv4-special-registry",
  check: ({ flows }) =>
    judge(
      flows.filter(({ ip }) => ip !== undefined && isIPv4(ip)),
      "no flow is declared",
      ({ address, ip }) => {
        const range = rangeOf(ip!);
        return range === undefined ? undefined : { address, summary: `The flow leads to ${ip}, which is ${range}` };
      },
    ),
};

function rangeOf(ip: string): string | undefined {
  return lists().find(({ list }) => list.check(ip, "ipv4"))?.title;
}

/** Made once, on first use. */
let made: readonly { readonly list: BlockList; readonly title: string }[] | undefined;

function lists() {
  made ??= RANGES.map(([network, prefix, title]) => {
    const list = new BlockList();
    list.addSubnet(network, prefix, "ipv4");
    return { list, title };
  });
  return made;
}
