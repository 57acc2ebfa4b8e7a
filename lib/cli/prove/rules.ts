import { commandRuntime } from "../../inventory/runtime";
import type { Target } from "../../mail";
import { Questions } from "../../mail/alignment/questions";
import { transportRules } from "../../mail/alignment/transport-rules";
import { nameServers } from "../../mail/wire/name-servers";
import { textFetcher } from "../../proof/fetch-text";
import type { ReceiverRule } from "../../proof/proof";
import type { Surroundings } from "../surroundings";

/** What the receivers' domains demand of this server, where it is their own. */
export function rulesOf(
  { host, port, security, to, dnsServers }: Target,
  chain: readonly Uint8Array[],
  surroundings: Surroundings,
): Promise<readonly ReceiverRule[]> {
  const { redactor, interrupted } = surroundings;
  const questions = new Questions(nameServers(dnsServers), interrupted);
  const server = { host, port, security, chain };
  return transportRules(server, to, questions, textFetcher(commandRuntime(surroundings, redactor)));
}
