import { elapsed } from "../../../core/clock";
import { isIP } from "node:net";
import { domainPart } from "../../../core/mail-address";
import type { Problem } from "../../../core/problem";
import { printable } from "../../../core/printable";
import { StepTimeout } from "../../wire/deadline";
import { addressesBy } from "../../wire/host-addresses";
import { answerCode, isNegative, type NameServers, type Records } from "../../wire/name-servers";
import { remedyFor } from "../../stage/remedy";
import { mx } from "../../stage/stage";
import type { Run } from "../../wire/run";
import { dns as remedies } from "../remedies/dns";

const DOMAIN_MS = 6_000;
/** The number of domains that are looked up for a long list of receivers, and of hosts for each domain. */
const MOST_DOMAINS = 5;
const MOST_HOSTS = 5;

/** The domains of addresses, without duplicates; address literals have no records. */
export function domainsOf(receivers: readonly string[]): readonly string[] {
  const domains = receivers.map((receiver) => domainPart(receiver).toLowerCase());
  return [...new Set(domains)].filter((domain) => !domain.startsWith("[")).slice(0, MOST_DOMAINS);
}

/**
 * Looks up where mail for each of the domains goes. Faults are warnings: the tested server may have better routes than
 * DNS shows. @see RFC 5321 section 5.1
 */
export async function lookUpMailDomains(
  { runtime: { clock }, log, deadline }: Run,
  domains: readonly string[],
  servers: NameServers,
): Promise<void> {
  const began = elapsed(clock);
  const results = await Promise.all(
    domains.map(async (domain) => {
      const found = await deadline
        .step(DOMAIN_MS, (signal) => lookUp(domain, servers, signal))
        .catch((error: unknown) => failed(domain, servers, error));
      return { domain, durationMs: elapsed(clock) - began, ...found };
    }),
  );
  for (const { domain, durationMs, detail, warning } of results) {
    log.add({
      stage: mx(domain),
      status: warning ? "warning" : "passed",
      durationMs,
      detail: [detail, warning?.summary ?? ""].filter((part) => part !== "").join("; "),
      ...(warning ? { remedy: log.inTerms(warning).fix, problem: log.inTerms(warning) } : {}),
    });
  }
}

interface Found {
  readonly detail: string;
  readonly warning?: Problem;
}

async function lookUp(domain: string, servers: NameServers, signal: AbortSignal): Promise<Found> {
  const records = await servers.ask(domain, "MX", signal).catch((error: unknown): Records["MX"] => {
    if (answerCode(error) === "ENODATA") return [];
    throw error;
  });
  const sorted = [...records].sort((one, other) => one.priority - other.priority);
  const isNull = ({ exchange }: (typeof sorted)[number]) => exchange === "" || exchange === ".";
  if (sorted.length > 0 && sorted.every(isNull)) return { detail: "", warning: remedyFor(remedies.nullMx, { domain }) };
  const exchangers = sorted.filter((record) => !isNull(record)).slice(0, MOST_HOSTS);
  if (exchangers.length === 0) return implicit(domain, servers, signal);

  const hosts = await Promise.all(
    exchangers.map(async ({ exchange, priority }) => ({
      exchange,
      addresses: isIP(exchange) === 0 ? await addressesOf(exchange, servers, signal) : [],
      described: `${priority} ${exchange}`,
    })),
  );
  const detail = printable(hosts.map(({ described, addresses }) => `${described} (${list(addresses)})`).join(", "));
  const dead = hosts.filter(({ addresses }) => addresses?.length === 0).map(({ exchange }) => exchange);
  if (dead.length === 0) return { detail };
  return { detail, warning: remedyFor(remedies.mxWithoutAddress, { domain, hosts: printable(dead.join(", ")) }) };
}

/** Without an MX record, mail goes to the domain's own addresses. */
async function implicit(domain: string, servers: NameServers, signal: AbortSignal): Promise<Found> {
  const addresses = await addressesOf(domain, servers, signal);
  if (addresses?.length === 0) return { detail: "", warning: remedyFor(remedies.takesNoMail, { domain }) };
  return { detail: `no MX record: mail goes to the address of ${domain} itself (${list(addresses)})` };
}

const list = (addresses: readonly string[] | undefined) =>
  addresses === undefined
    ? "address unanswered"
    : addresses.length === 0
      ? "no address"
      : addresses.slice(0, 4).join(", ");

/** Undefined when the name servers did not answer. */
async function addressesOf(host: string, servers: NameServers, signal: AbortSignal) {
  try {
    return (await addressesBy(host, servers, signal)).found;
  } catch (error) {
    signal.throwIfAborted();
    return isNegative(error) ? [] : undefined;
  }
}

function failed(domain: string, servers: NameServers, error: unknown): Found {
  if (answerCode(error) === "ENOTFOUND")
    return { detail: "", warning: remedyFor(remedies.noSuchMailDomain, { domain }) };
  const why = error instanceof StepTimeout ? error.message : answerCode(error) || printable(String(error));
  return { detail: "", warning: remedyFor(remedies.mxUnanswered, { domain, servers: servers.described, why }) };
}
