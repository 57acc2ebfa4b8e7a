import type { Delivery } from "./delivery";
import { failedStages, type Stage } from "./stage";
import type { Target } from "./target";

/** What was proved, and from where. One sentence or a few; the first word never changes its meaning. */

/** What was learnt on the platforms' side. */
export interface PlatformFacts {
  /** Names of the systems that sent their own test. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Systems without such a call. */
  readonly unavailable: readonly string[];
}

/** `accepted`, `partly accepted`, `failed` or `unknown`. */
export function testVerdict(
  target: Target,
  stages: readonly Stage[],
  delivery: Delivery | undefined,
  messageId: string,
  platforms: PlatformFacts,
): string {
  return [directly(target, stages, delivery, messageId), ...fromPlatforms(platforms)].join(" ");
}

function directly(target: Target, stages: readonly Stage[], delivery: Delivery | undefined, messageId: string): string {
  const failed = failedStages(stages)[0];
  const where = `${target.host}:${target.port}`;
  const seen = "Seen from this machine, the one that runs Terraform.";
  if (delivery?.sent === "unknown") {
    return `unknown: the connection to ${where} broke before the server said whether it took the message ${messageId}. ${seen}`;
  }
  if (delivery?.sent !== true) {
    return `failed at ${failed?.name ?? "the start"}: ${failed?.detail ?? "nothing was tried"}. No message was taken. ${seen}`;
  }
  const queue = delivery.queueId === undefined ? "" : ` (queue id ${delivery.queueId})`;
  const all = target.to.length;
  const took = `${where} took the message${queue} for ${delivery.accepted.length} of ${all} receiver${all === 1 ? "" : "s"}`;
  const refused = target.to.filter((receiver) => !delivery.accepted.includes(receiver));
  const outcome = refused.length === 0 ? "accepted" : "partly accepted";
  return [
    `${outcome}: ${took}${refused.length === 0 ? "" : `, refused: ${refused.join(", ")}`}.`,
    `Accepted is not yet delivered: look for ${messageId} in the mailbox.`,
    seen,
  ].join(" ");
}

function fromPlatforms({ passed, failed, unavailable }: PlatformFacts): string[] {
  const sentences = [
    passed.length > 0 ? `Seen from the platform too: the test of ${passed.join(" and ")} passed.` : "",
    failed.length > 0 ? `Failed as seen from the platform: the test of ${failed.join(" and ")}.` : "",
    unavailable.length > 0 ? `Not known as seen from ${unavailable.join(" and ")}: there is no test call.` : "",
  ].filter((sentence) => sentence !== "");
  return sentences.length > 0 ? sentences : ["Not known as seen from the platform: none was asked (`via`)."];
}

/** `reachable` or `failed`. */
export function probeVerdict(target: Target, stages: readonly Stage[]): string {
  const failures = failedStages(stages);
  const where = `${target.host}:${target.port}`;
  const seen = "Seen from this machine, the one that runs Terraform; nothing was sent.";
  if (failures.length > 0) {
    return `failed at ${failures.map(({ name }) => name).join(" and ")}: ${failures[0]!.detail}. ${seen}`;
  }
  const receivers =
    target.to.length === 0 ? "the sender" : `${target.to.length} receiver${target.to.length === 1 ? "" : "s"}`;
  return `reachable: ${where} accepts ${receivers} so far; it may still refuse the message itself. ${seen}`;
}
