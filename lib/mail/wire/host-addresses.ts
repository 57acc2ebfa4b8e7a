import { printable } from "../../core/printable";
import { untilAborted } from "./deadline";
import { answerCode, isNegative, nameServers, type NameServers } from "./name-servers";
import { systemResolver, type Resolver } from "./probe-runtime";

/** Where names of servers are looked up. */
export interface Lookup {
  /** As `ip` or `ip:port`; they alone are asked then. @default the operating system's resolver, hosts file included */
  readonly dnsServers?: readonly string[] | undefined;
  /** In place of the operating system's. */
  readonly resolver?: Resolver | undefined;
}

export interface HostAddresses {
  /** In the order in which they were told, each once. */
  readonly found: readonly string[];
  /** One kind was answered, and the other was not. */
  readonly unanswered?: { readonly kind: "A" | "AAAA"; readonly why: string };
}

/** All addresses of a host; rejects with `code` `ENOTFOUND` or `ENODATA` when there are none, or with what went wrong. */
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

/** Likewise, by these name servers. */
export async function addressesBy(host: string, servers: NameServers, signal: AbortSignal): Promise<HostAddresses> {
  const [v4, v6] = await Promise.allSettled([servers.ask(host, "A", signal), servers.ask(host, "AAAA", signal)]);
  signal.throwIfAborted();
  const found = [v4, v6].flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const failures = [v4, v6].flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  const codes = failures.map((error) => answerCode(error) || printable(String(error)));
  const odd = codes.find((code) => !isNegative({ code }));
  // An answer that never came is worse than a clear no: it is the one to show.
  if (found.length === 0) throw withoutAddress(odd ?? (codes.includes("ENOTFOUND") ? "ENOTFOUND" : "ENODATA"));
  if (odd === undefined) return { found: [...new Set(found)] };
  return { found: [...new Set(found)], unanswered: { kind: v4.status === "rejected" ? "A" : "AAAA", why: odd } };
}

const withoutAddress = (code: string) => Object.assign(new Error("no address"), { code });
