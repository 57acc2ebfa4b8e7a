import { printable } from "../../core/printable";
import { messageOf } from "../../core/thrown";
import { isNegative } from "../wire/name-servers";
import type { ConnectionSecurity } from "../../core/topology";
import { forbiddenByMtaSts, parseMtaSts } from "./mta-sts";
import { dnsDomainOf } from "./organizational-domain";
import { NoAnswer, type Questions } from "./questions";
import { forbiddenByTlsa } from "./tlsa";

/** What a receiver's domain requires of clients that send mail to its own servers. */
export interface TransportRule {
  readonly kind: "MTA-STS" | "TLSA";
  /** The name of its record: "_25._tcp.mx.example.com". */
  readonly name: string;
  /** `kept`: the server complies. `untold`: this Node.js cannot query the record. */
  readonly state: "kept" | "forbidden" | "unknown" | "untold";
  /** What the rule forbids, or why that is not known. */
  readonly reason?: string;
}

/** A server and the connection to it. */
export interface HandedTo {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  /** In DER, the server's own certificate first; empty where none was seen. */
  readonly chain: readonly Uint8Array[];
}

/** Fetches the text at an https URL; rejects where there is none. */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string>;

/**
 * The rules of those receivers' domains whose own server (MX) this is. A relay has to comply with them itself; they do
 * not bind its clients.
 *
 * @see RFC 8461 (MTA-STS) and RFC 7672 (DANE for SMTP)
 */
export async function transportRules(
  server: HandedTo,
  receivers: readonly string[],
  questions: Questions,
  fetchText: FetchText,
): Promise<readonly TransportRule[]> {
  const domains = [...new Set(receivers.map(dnsDomainOf))];
  const own = await Promise.all(
    domains.map(async (domain) => ((await isOwn(server, domain, questions)) ? domain : "")),
  );
  const served = own.filter((domain) => domain !== "");
  if (served.length === 0) return [];
  const policies = served.map((domain) => mtaSts(server, domain, questions, fetchText));
  return (await Promise.all([...policies, tlsa(server, questions)])).flat();
}

/** Without an answer it is unknown whether it is the domain's own; then these rules are not reported. */
async function isOwn({ host }: HandedTo, domain: string, questions: Questions): Promise<boolean> {
  try {
    const exchanges = await questions.ask(domain, "MX");
    return exchanges.some(({ exchange }) => exchange.toLowerCase().replace(/\.$/, "") === host.toLowerCase());
  } catch {
    return false;
  }
}

async function mtaSts(
  { host, security }: HandedTo,
  domain: string,
  questions: Questions,
  fetchText: FetchText,
): Promise<TransportRule[]> {
  const name = `_mta-sts.${domain}`;
  try {
    const texts = (await questions.texts(name)).filter((text) => /^v=STSv1(;|$)/.test(text));
    // With none or several records there is no policy. RFC 8461 section 3.1.
    if (texts.length !== 1) return [];
    const policy = parseMtaSts(await fetchText(`https://mta-sts.${domain}/.well-known/mta-sts.txt`, questions.signal));
    if (policy === undefined) return [rule("MTA-STS", name, "unknown", "what is published is no policy")];
    const forbidden = forbiddenByMtaSts(policy, host, security);
    return [rule("MTA-STS", name, forbidden === undefined ? "kept" : "forbidden", forbidden)];
  } catch (error) {
    return [rule("MTA-STS", name, "unknown", wordsOf(error))];
  }
}

async function tlsa({ host, port, security, chain }: HandedTo, questions: Questions): Promise<TransportRule[]> {
  const name = `_${port}._tcp.${host}`;
  try {
    const records = await questions.ask(name, "TLSA");
    const forbidden = forbiddenByTlsa(records, chain, security);
    return [rule("TLSA", name, forbidden === undefined ? "kept" : "forbidden", forbidden)];
  } catch (error) {
    if (isNegative(error)) return [];
    const cannot = error instanceof NoAnswer && error.code === CANNOT_ASK;
    const why = cannot ? "this Node.js cannot ask for TLSA records; 22.15 and 24 can" : wordsOf(error);
    return [rule("TLSA", name, cannot ? "untold" : "unknown", why)];
  }
}

/** Node.js rejects with this code for an unknown record type. */
const CANNOT_ASK = "ERR_INVALID_ARG_VALUE";

const wordsOf = (error: unknown): string => printable(messageOf(error), 200);

const rule = (
  kind: TransportRule["kind"],
  name: string,
  state: TransportRule["state"],
  reason: string | undefined,
): TransportRule => ({ kind, name, state, ...(reason === undefined ? {} : { reason }) });
