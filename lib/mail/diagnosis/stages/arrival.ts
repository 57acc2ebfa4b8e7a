import type { Arrival, Mailbox } from "../../imap/mailbox";
import type { TestMessage } from "../../smtp/message";
import { ARRIVAL } from "../../stage/stage";
import type { ServerRun } from "../server-run";
import type { Delivery } from "../delivery/delivery";
import { explainMailboxRefusal } from "./mailbox-refusal";

/** Looks for the message in the mailbox, when the server took it for the mailbox's receiver. */
export async function lookForArrival(
  run: ServerRun,
  mailbox: Mailbox,
  message: Pick<TestMessage, "id" | "messageId" | "subject" | "from">,
  delivery: Delivery | undefined,
): Promise<Arrival | undefined> {
  // Where only the server knows what became of the message, the mailbox knows too.
  const acceptedAt = delivery?.takenAt.get(mailbox.receiver);
  const interrupted = run.deadline.signal.aborted;
  if (interrupted || acceptedAt === undefined) {
    const nobody = delivery === undefined || delivery.takenAt.size === 0;
    const why = nobody ? "no message was taken" : `the server did not take the message for ${mailbox.receiver}`;
    run.log.skip(ARRIVAL, `not looked for: ${interrupted ? "interrupted" : why}`);
    return undefined;
  }
  const { dnsServers } = run.target;
  const { awaitArrival } = await import("../../imap");
  const { id, messageId, subject, from } = message;
  const queueId = delivery?.queueIds.get(mailbox.receiver);
  const sent = { id, messageId, subject, from, acceptedAt, ...(queueId === undefined ? {} : { queueId }) };
  return awaitArrival(run, { ...(dnsServers && { dnsServers }), ...mailbox }, sent, explainMailboxRefusal);
}
