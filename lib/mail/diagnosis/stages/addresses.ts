import { isIP } from "node:net";
import { ProblemError, type Problem } from "../../../core/problem";
import { printable } from "../../../core/printable";
import type { Deadline } from "../../wire/deadline";
import { hostAddresses } from "../../wire/host-addresses";
import { answerCode, isNegative, nameServers } from "../../wire/name-servers";
import { formatIpAndPort, isDeclared } from "../../wire/ip-and-port";
import { isLoopback } from "../../wire/loopback";
import { remedyFor } from "../../stage/remedy";
import type { Resolver } from "../../wire/probe-runtime";
import type { StageResult } from "../../stage/stage-log";
import type { Target } from "../../smtp/target";
import { dns as remedies } from "../remedies/dns";

const DNS_MS = 10_000;
const MX_MS = 3_000;
/** Further addresses are not tried: no legitimate name has as many. */
const MOST_ADDRESSES = 16;

/** Resolves all addresses of the host, of both families, and which of them the declared flows lead to. */
export async function addresses(
  target: Target,
  resolver: Resolver | undefined,
  deadline: Deadline,
): Promise<StageResult<readonly string[]>> {
  const { host, port, declaredFlows, dnsServers } = target;
  if (isIP(host) !== 0) {
    return { value: [host], status: "skipped", detail: `${host} is an IP address, there is nothing to resolve` };
  }
  const { found, unanswered } = await deadline
    .step(DNS_MS, (signal) => hostAddresses(host, { dnsServers, resolver }, signal))
    .catch((error: unknown) => mailDomain(error, target, resolver, deadline));
  const tried = found.slice(0, MOST_ADDRESSES);
  const surplus = found.length > tried.length ? `; only the first ${MOST_ADDRESSES} of ${found.length} are tried` : "";
  const flows = flowsOf(tried, port, declaredFlows);
  const warning = unanswered
    ? remedyFor(remedies.kindUnanswered, { host, kind: unanswered.kind }, unanswered.why)
    : undefined;
  const seen = flows.warning ?? warning;
  return {
    value: tried,
    detail: `${host}: ${kinds(tried, unanswered?.kind)}${surplus}${flows.detail}${warning && flows.warning ? `; ${warning.summary}` : ""}`,
    ...(seen === undefined ? {} : { warning: seen }),
  };
}

/** A name without any address may be a mail domain: then the report names the hosts that receive its mail. */
async function mailDomain(
  error: unknown,
  { host, dnsServers }: Target,
  resolver: Resolver | undefined,
  deadline: Deadline,
): Promise<never> {
  // A private resolver knows names that no name server knows; a name without a dot is local to this network.
  if (!host.includes(".")) throw error;
  if (!isNegative(error) || (resolver !== undefined && dnsServers === undefined)) throw error;
  const exchangers = await deadline
    .step(MX_MS, (signal) => nameServers(dnsServers).ask(host, "MX", signal))
    .catch(() => []);
  const hosts = [...exchangers]
    .sort((one, other) => one.priority - other.priority)
    .map(({ exchange }) => exchange)
    .filter((exchange) => exchange !== "" && exchange !== ".");
  if (hosts.length === 0) throw error;
  const named = printable(hosts.slice(0, 5).join(", "));
  throw new ProblemError(remedyFor(remedies.mailDomain, { host, exchangers: named }, answerCode(error)));
}

/** "A 192.0.2.1, 192.0.2.2; AAAA none" */
function kinds(found: readonly string[], unanswered: "A" | "AAAA" | undefined): string {
  const of = (kind: "A" | "AAAA") => {
    const list = found.filter((ip) => isIP(ip) === (kind === "A" ? 4 : 6));
    return `${kind} ${list.length > 0 ? list.join(", ") : kind === unanswered ? "unanswered" : "none"}`;
  };
  return `${of("A")}; ${of("AAAA")}`;
}

/** What the declared flows open, address by address. Traffic to a loopback address stays on this machine. */
function flowsOf(
  found: readonly string[],
  port: number,
  declared: readonly string[] | undefined,
): { readonly detail: string; readonly warning?: Problem } {
  const outside = found.filter((ip) => !isLoopback(ip));
  if (declared === undefined || outside.length === 0) return { detail: "" };
  const open = outside.filter((ip) => isDeclared(declared, ip, port));
  const closed = outside.filter((ip) => !isDeclared(declared, ip, port));
  const idle = declared.filter((flow) => !outside.some((ip) => isDeclared([flow], ip, port)));
  const where = (ips: readonly string[]) => ips.map((ip) => formatIpAndPort(ip, port)).join(", ");
  const detail = [
    open.length > 0 ? `; flow declared for ${where(open)}` : "",
    closed.length > 0 ? `; no flow declared for ${where(closed)}` : "",
    idle.length > 0 ? `; the flow for ${idle.join(", ")} leads to none of them` : "",
  ].join("");
  if (closed.length > 0) return { detail, warning: remedyFor(remedies.addressWithoutFlow, { where: where(closed) }) };
  return { detail };
}
