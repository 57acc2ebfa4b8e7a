import { commandRuntime } from "../../inventory/runtime";
import type { Target } from "../../mail";
import type { Questions } from "../../mail/alignment/questions";
import { transportRules, type TransportRule } from "../../mail/alignment/transport-rules";
import type { PresentedCertificate } from "../../mail/wire/certificate-chain";
import { textFetcher } from "../../proof/fetch-text";
import type { Surroundings } from "../surroundings";

/** What the receivers' domains demand of this server, where it is their own. */
export function rulesOf(
  { host, port, security, to }: Target,
  shown: readonly PresentedCertificate[],
  questions: Questions,
  surroundings: Surroundings,
): Promise<readonly TransportRule[]> {
  const server = { host, port, security, chain: shown.map(({ raw }) => raw) };
  return transportRules(server, to, questions, textFetcher(commandRuntime(surroundings, surroundings.redactor)));
}
