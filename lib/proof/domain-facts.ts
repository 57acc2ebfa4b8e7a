import type { Target } from "../mail";
import { dnsDomainOf } from "../mail/alignment/organizational-domain";
import type { Questions } from "../mail/alignment/questions";
import { publishedRecords, type PublishedRecord } from "../mail/alignment/sender-records";
import { transportRules, type TransportRule } from "../mail/alignment/transport-rules";
import type { PresentedCertificate } from "../mail/wire/certificate-chain";
import { textFetcher, type FetchRuntime } from "./fetch-text";

/** What the sender's domain publishes now; nothing without a sender. */
export async function recordsOf(
  { from }: Pick<Target, "from">,
  selectors: readonly string[],
  questions: Questions,
): Promise<readonly PublishedRecord[]> {
  const domain = dnsDomainOf(from);
  return domain.includes(".") ? publishedRecords(domain, selectors, questions) : [];
}

/** What the receivers' domains demand of this server, where it is their own. */
export function rulesOf(
  { host, port, security, to }: Target,
  shown: readonly PresentedCertificate[],
  questions: Questions,
  runtime: FetchRuntime,
): Promise<readonly TransportRule[]> {
  const server = { host, port, security, chain: shown.map(({ raw }) => raw) };
  return transportRules(server, to, questions, textFetcher(runtime));
}
