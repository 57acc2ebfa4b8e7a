import { printable } from "../../core/printable";
import { untilAborted } from "./deadline";
import { answerCode, isNegative, nameServers, type NameServers } from "./name-servers";
import { systemResolver, type Resolver } from "./probe-runtime";

/** How server names are resolved. */
export interface Lookup {
  /**
   * As `ip` or `ip:port`; then only these are queried. @default the operating system's resolver, hosts file included
   */
  readonly dnsServers?: readonly string[] | undefined;
  /** Replaces the operating system's. */
  readonly resolver?: Resolver | undefined;
}

export interface HostAddresses {
  /** In the order of the answers, without duplicates. */
  readonly found: readonly string[];
  /** One record type was answered, and the other was not. */
  readonly unanswered?: { readonly kind: "A" | "AAAA"; readonly why: string };
}

/** All addresses of a host; rejects with `code` `ENOTFOUND` or `ENODATA` when there are none, or with the error. */
export async function hostAddresses(
  host: string,
  { dnsServers, resolver = systemResolver }: Lookup,
  signal: AbortSignal,
): Promise<HostAddresses> {
  if (dnsServers !== undefined) return addressesBy(host, nameServers(dnsServers), signal);
  const answers = await untilAborted(resolver(host), signal);
  if (answers.length === 0) throw withoutAddress("ENODATA");
  return { found: [...new Set(answers.map(({ address }) => address))] };
}

/** All addresses of a host, from these name servers. */
export async function addressesBy(host: string, servers: NameServers, signal: AbortSignal): Promise<HostAddresses> {
  const [v4, v6] = await Promise.allSettled([servers.ask(host, "A", signal), servers.ask(host, "AAAA", signal)]);
  signal.throwIfAborted();
  const found = [v4, v6].flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const failures = [v4, v6].flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  const codes = failures.map((error) => answerCode(error) || printable(String(error)));
  const odd = codes.find((code) => !isNegative({ code }));
  // A missing answer is worse than a clear no: it is the one to report.
  if (found.length === 0) throw withoutAddress(odd ?? (codes.includes("ENOTFOUND") ? "ENOTFOUND" : "ENODATA"));
  if (odd === undefined) return { found: [...new Set(found)] };
  return { found: [...new Set(found)], unanswered: { kind: v4.status === "rejected" ? "A" : "AAAA", why: odd } };
}

const withoutAddress = (code: string) => Object.assign(new Error("no address"), { code });
