import type { AlignmentCheck } from "./alignment/alignment";
import type { Arrival, Mailbox } from "./arrival/mailbox";
import type { Deadline } from "./deadline";
import type { Delivery } from "./delivery";
import { nameServers } from "./dns";
import type { TestMessage } from "./message";
import type { ProbeRuntime } from "./runtime";
import { ARRIVAL, DKIM, DMARC, SPF } from "./stage";
import type { StageLog } from "./stage-log";
import type { Target } from "./target";

/** What is found out beyond the server's consent: whether the mail arrived, and whether its sender can be believed. */

/** What to find out about the sender's domain. */
export interface SenderAlignment {
  /** Addresses from which the mail leaves for the internet. @default those of the SMTP server */
  readonly sourceIps?: readonly string[];
  /** DKIM selectors whose keys are looked up where no arrived message shows a signature. */
  readonly selectors?: readonly string[];
  /** Checks that fail the test; the others warn. */
  readonly require: readonly AlignmentCheck[];
}

/** Looks for the message in the mailbox, when the server took it for the mailbox's receiver. */
export async function lookForArrival(
  mailbox: Mailbox,
  message: Pick<TestMessage, "messageId" | "subject">,
  delivery: Delivery | undefined,
  runtime: ProbeRuntime,
  log: StageLog,
  deadline: Deadline,
): Promise<Arrival | undefined> {
  // Where only the server knows what became of the message, the mailbox knows too.
  const acceptedAt = delivery?.takenAt.get(mailbox.receiver);
  const interrupted = deadline.signal.aborted;
  if (interrupted || acceptedAt === undefined) {
    const nobody = delivery === undefined || delivery.takenAt.size === 0;
    const why = nobody ? "no message was taken" : `the server did not take the message for ${mailbox.receiver}`;
    log.skip(ARRIVAL, `not looked for: ${interrupted ? "interrupted" : why}`);
    return undefined;
  }
  const { awaitArrival } = await import("./arrival");
  const { messageId, subject } = message;
  const queueId = delivery?.queueIds.get(mailbox.receiver);
  const sent = { messageId, subject, acceptedAt, ...(queueId === undefined ? {} : { queueId }) };
  return awaitArrival(mailbox, sent, runtime, log, deadline);
}

/** SPF, DKIM and DMARC of the sender: of the message as it arrived, else of what DNS alone tells. */
export async function judgeSender(
  wanted: SenderAlignment,
  target: Target,
  /** Those of the SMTP server, as resolved. */
  addresses: readonly string[],
  arrival: Arrival | undefined,
  runtime: ProbeRuntime,
  log: StageLog,
  deadline: Deadline,
): Promise<void> {
  if (deadline.signal.aborted) {
    for (const name of [SPF, DKIM, DMARC]) log.skip(name, "not reached: interrupted");
    return;
  }
  const { judgeAlignment } = await import("./alignment");
  const request = {
    from: target.from,
    sourceIps: wanted.sourceIps ?? addresses,
    sourceIpsDeclared: wanted.sourceIps !== undefined,
    selectors: wanted.selectors ?? [],
    require: wanted.require,
    ...(arrival && { raw: arrival.raw, junk: arrival.junk, authenticationResults: arrival.authenticationResults }),
  };
  await judgeAlignment(request, nameServers(target.dnsServers), runtime, log, deadline);
}
