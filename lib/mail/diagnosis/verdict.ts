import { plural } from "../../core/plural";
import { asAttribute, renderProse, whereTerraformRuns, type NameOfSetting } from "../../core/prose";
import type { Arrival, ImapMailbox } from "../imap/mailbox";
import { failedStages, MAIL, type Stage } from "../stage/stage";
import type { Target } from "../smtp/target";
import type { Delivery } from "./delivery/delivery";
import type { ReceiverStatus } from "./receiver-result";

/** What was proved, and from where. One sentence or a few; the first word never changes its meaning. */

/** The results of the platforms' own tests. */
export interface PlatformFacts {
  /** Names of the systems that sent their own test. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Systems without a test of their own. */
  readonly unavailable: readonly string[];
}

/** Everything that a test has found out. */
export interface TestFacts {
  readonly target: Target;
  readonly stages: readonly Stage[];
  readonly delivery: Delivery | undefined;
  readonly messageId: string;
  /** The mailboxes that were to be read. */
  readonly mailboxes: readonly Pick<ImapMailbox, "receiver">[];
  /** Where the mail was found. */
  readonly arrivals: readonly Arrival[];
  readonly platforms: PlatformFacts;
}

/** `delivered`, `accepted`, `partly delivered`, `partly accepted`, `failed` or `unknown`. */
export function testVerdict(facts: TestFacts, name: NameOfSetting = asAttribute): string {
  const sentFromHere = facts.delivery?.sent === true;
  return [directly(facts, name), ...fromPlatforms(facts.platforms, sentFromHere, name)].join(" ");
}

/** The vantage point of the direct way. */
const here = (name: NameOfSetting) =>
  renderProse(["Seen from this machine", whereTerraformRuns(", the one that runs Terraform")], name);

function directly(facts: TestFacts, name: NameOfSetting): string {
  const { target, stages, delivery, messageId, arrivals } = facts;
  const failed = failedStages(stages)[0];
  const where = `${target.host}:${target.port}`;
  const seen = `${here(name)}.`;
  if (delivery?.sent === "unknown") {
    if (arrivals.length > 0) {
      const partly = unseen(facts, target.to).length > 0 ? "partly " : "";
      return `${partly}delivered: ${proved(facts, target.to, "not known for")}, although the connection to ${where} broke before the server answered. ${seen}`;
    }
    return `unknown: the connection to ${where} broke before the server said whether it took the message ${messageId}. ${seen}`;
  }
  if (delivery?.sent !== true) {
    return `failed at ${failed?.name ?? "the start"}: ${failed?.detail ?? "nothing was tried"}. No message was taken. ${seen}`;
  }
  const ids = [...new Set(delivery.queueIds.values())].join(", ");
  const queue = ids === "" ? "" : ` (queue id ${ids})`;
  const all = target.to.length;
  const took = `${where} took the message${queue} for ${delivery.accepted.length} of ${plural(all, "receiver")}`;
  const others = notTaken(target, delivery);
  const { accepted } = delivery;
  const missing = arrivals.length > 0 && unseen(facts, accepted).length > 0;
  const partly = others === "" && !missing ? "" : "partly ";
  return arrivals.length > 0
    ? `${partly}delivered: ${proved(facts, accepted)}; ${took}${others}. ${seen}`
    : `${partly}accepted: ${took}${others}. Accepted is not yet delivered: look for ${messageId} in the mailbox. ${seen}`;
}

/** ", refused: a@example.com, put off: b@example.com" */
function notTaken({ to }: Target, { accepted, receivers }: Delivery): string {
  const statusOf = (receiver: string) => receivers.find(({ address }) => address === receiver)?.status;
  const of = (words: string, belongs: (status: ReceiverStatus | undefined) => boolean) => {
    const those = to.filter((receiver) => !accepted.includes(receiver) && belongs(statusOf(receiver)));
    return those.length === 0 ? "" : `, ${words}: ${those.join(", ")}`;
  };
  return [
    of("refused", (status) => status === undefined || status === "refused"),
    of("put off", (status) => status === "deferred"),
    of("without an answer", (status) => status === "unknown" || status === "accepted"),
    of("not tried", (status) => status === "untried"),
  ].join("");
}

/** Those of `accepted` whose mailbox was read, and did not show the mail. */
const unseen = ({ mailboxes, arrivals }: TestFacts, accepted: readonly string[]): readonly string[] =>
  accepted.filter((one) => has(mailboxes, one) && !has(arrivals, one));

/** For whom delivery was proved, and for whom only acceptance. */
function proved(facts: TestFacts, accepted: readonly string[], otherwise = "accepted for"): string {
  const { target, mailboxes, arrivals } = facts;
  if (target.to.length === 1) return `found in ${place(arrivals[0]!)}`;
  const missing = unseen(facts, accepted);
  const others = accepted.filter((one) => !has(mailboxes, one));
  return [
    `arrived at ${arrivals.map((arrival) => `${arrival.receiver} (${place(arrival)})`).join(", ")}`,
    ...(missing.length === 0 ? [] : [`not seen in the ${mailboxOf(missing)} of ${missing.join(", ")}`]),
    ...(others.length === 0
      ? []
      : [`${otherwise} ${others.join(", ")}, whose ${mailboxOf(others)} nobody looked into`]),
  ].join("; ");
}

const has = (those: readonly { readonly receiver: string }[], address: string) =>
  those.some(({ receiver }) => receiver === address);
const mailboxOf = (receivers: readonly string[]) => (receivers.length === 1 ? "mailbox" : "mailboxes");

function place({ folder, junk, latencyMs }: Arrival): string {
  const where = junk ? `the junk folder ${folder}` : folder;
  return `${where} after ${(latencyMs / 1000).toFixed(1)} s`;
}

function fromPlatforms(
  { passed, failed, unavailable }: PlatformFacts,
  sentFromHere: boolean,
  name: NameOfSetting,
): string[] {
  const passedThere = sentFromHere ? "Seen from the platform too" : "Seen from the platform it is otherwise";
  const sentences = [
    passed.length > 0 ? `${passedThere}: the test of ${passed.join(" and ")} passed.` : "",
    failed.length > 0 ? `Failed as seen from the platform: the test of ${failed.join(" and ")}.` : "",
    unavailable.length > 0 ? `Not known as seen from ${unavailable.join(" and ")}: there is no test call.` : "",
  ].filter((sentence) => sentence !== "");
  return sentences.length > 0
    ? sentences
    : [`Not known as seen from the platform: none was asked (${renderProse([{ setting: "via" }], name)}).`];
}

/** `reachable` or `failed`. */
export function probeVerdict(target: Target, stages: readonly Stage[], name: NameOfSetting = asAttribute): string {
  const failures = failedStages(stages);
  const where = `${target.host}:${target.port}`;
  const seen = `${here(name)}; nothing was sent.`;
  if (failures.length > 0) {
    return `failed at ${failures.map(({ name }) => name).join(" and ")}: ${failures[0]!.detail}. ${seen}`;
  }
  // A test may be asked to end before the sender is named.
  if (!stages.some(({ name, status }) => name === MAIL && status !== "skipped")) {
    return `reachable: ${where} passed as far as ${target.lastStage ?? "asked"}; nothing else was tried. ${seen}`;
  }
  const receivers = target.to.length === 0 ? "the sender" : plural(target.to.length, "receiver");
  return `reachable: ${where} accepts ${receivers} so far; it may still refuse the message itself. ${seen}`;
}
