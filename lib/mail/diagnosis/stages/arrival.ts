import type { SettingReference } from "../../../core/prose";
import type { Arrival, ImapMailbox } from "../../imap/mailbox";
import type { TestMessage } from "../../smtp/message";
import { ARRIVAL, arrival, type StageRef } from "../../stage/stage";
import type { ServerRun } from "../server-run";
import type { Delivery } from "../delivery/delivery";
import { explainMailboxRefusal } from "./mailbox-refusal";

type Sent = Pick<TestMessage, "id" | "messageId" | "subject" | "from">;

/**
 * Looks for the message in each mailbox for whose receiver the server accepted it: in all at the same time, each with
 * its own time limit. Writes one stage for each mailbox, in the order of their declaration.
 */
export async function lookForArrivals(
  run: ServerRun,
  mailboxes: readonly ImapMailbox[],
  message: Sent,
  delivery: Delivery | undefined,
): Promise<readonly Arrival[]> {
  const looks = mailboxes.map((mailbox) => ({ mailbox, log: run.log.beside(settingsOf(mailbox)) }));
  const found = await Promise.all(
    looks.map(({ mailbox, log }) => {
      const stage = mailboxes.length > 1 ? arrival(mailbox.receiver) : ARRIVAL;
      return lookForArrival({ ...run, log }, stage, mailbox, message, delivery);
    }),
  );
  for (const { log } of looks) run.log.join(log);
  return found.filter((one) => one !== undefined);
}

/** Remedies name `imap`; this names the setting that declares the mailbox. */
const settingsOf =
  ({ setting: own = "imap" }: ImapMailbox) =>
  (reference: SettingReference): SettingReference => ({
    ...reference,
    setting: reference.setting.replace(/^imap(?=\.|$)/, own),
  });

async function lookForArrival(
  run: ServerRun,
  stage: StageRef,
  mailbox: ImapMailbox,
  message: Sent,
  delivery: Delivery | undefined,
): Promise<Arrival | undefined> {
  // Where only the server knows whether the message was accepted, the mailbox may show it.
  const acceptedAt = delivery?.takenAt.get(mailbox.receiver);
  const interrupted = run.deadline.signal.aborted;
  if (interrupted || acceptedAt === undefined) {
    const nobody = delivery === undefined || delivery.takenAt.size === 0;
    const why = nobody ? "no message was taken" : `the server did not take the message for ${mailbox.receiver}`;
    run.log.skip(stage, `not looked for: ${interrupted ? "interrupted" : why}`);
    return undefined;
  }
  const { dnsServers } = run.target;
  const { awaitArrival } = await import("../../imap");
  const { id, messageId, subject, from } = message;
  const queueId = delivery?.queueIds.get(mailbox.receiver);
  const sent = { id, messageId, subject, from, acceptedAt, ...(queueId === undefined ? {} : { queueId }) };
  return awaitArrival(run, stage, { ...(dnsServers && { dnsServers }), ...mailbox }, sent, explainMailboxRefusal);
}
