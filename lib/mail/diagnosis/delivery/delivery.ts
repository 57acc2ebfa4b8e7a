import type { Problem } from "../../../core/problem";
import { outsideAscii } from "../../smtp/internationalized";
import type { TestMessage } from "../../smtp/message";
import type { UsableServer } from "../../smtp/usable-server";
import { UnguardedConnection } from "../../smtp/flood-guard";
import { compose, send } from "../../smtp/send";
import { MAIL } from "../../stage/stage";
import type { StageLog } from "../../stage/stage-log";
import type { Target } from "../../smtp/target";
import { ExchangeLog } from "../../smtp/exchange-log";
import { smtpUtf8Problem, tooLarge } from "../errors";
import { untried, type ReceiverResult } from "../receiver-result";
import type { Situation } from "../refusals";
import type { ServerRun } from "../server-run";
import { DeliveryAttempts, NOTHING, skipAfterMail } from "./delivery-attempts";
import { RetryWaits } from "./greylisting";

/** The result of a delivery. */
export interface Delivery {
  /** Receivers for whom the server accepted the message. */
  readonly accepted: readonly string[];
  /** "unknown" when the connection broke at a moment when only the server knows. */
  readonly sent: boolean | "unknown";
  /** The server's own id of the message, by receiver: a later attempt has another one. */
  readonly queueIds: ReadonlyMap<string, string>;
  /** One for each receiver, in the target's order. */
  readonly receivers: readonly ReceiverResult[];
  /** When the server accepted the message, or may have, by receiver; milliseconds since 1970. */
  readonly takenAt: ReadonlyMap<string, number>;
}

/** The message and its sender. */
export interface Outgoing {
  readonly message: TestMessage;
  /** Display name of the sender. */
  readonly fromName: string | undefined;
  /** Time that is reserved for later stages, milliseconds. */
  readonly keepMs: number;
}

/**
 * Sends the message over a connection of its own, to the address that the probe has used, and writes the stages MAIL,
 * RCPT and DATA from the server's answers. Greylisted receivers, and only these, get the same message again as long as
 * there is time.
 */
export async function deliver(
  { target, runtime, log, deadline }: ServerRun,
  { message, fromName, keepMs }: Outgoing,
  { reached, situation }: { readonly reached: UsableServer; readonly situation: Situation },
): Promise<Delivery> {
  const raw = await compose(message, fromName, target);
  const exceedsLimit = reached.maxSize !== undefined && raw.length > reached.maxSize;
  const unsaid = exceedsLimit
    ? tooLarge(raw.length, reached.maxSize!)
    : outsideAscii(target.from) && !reached.smtpUtf8
      ? smtpUtf8Problem(target.from)
      : undefined;
  if (unsaid) return notTried(log, target, 0, unsaid);

  const course = new DeliveryAttempts(target, reached, situation, deadline);
  const waits = new RetryWaits(runtime.clock, deadline, keepMs);
  do {
    const exchanges = new ExchangeLog(runtime.clock, runtime.wire?.connection());
    const began = runtime.clock.now();
    const to = course.pending;
    if (to.length === 0) break;
    const failure = await deadline
      .step(deadline.remainingMs, (signal) =>
        send(raw, { ...target, to }, reached, { exchanges, ms: deadline.remainingMs, signal }),
      )
      .catch((error: unknown) => {
        // An error of this package is not an answer of the server.
        if (error instanceof UnguardedConnection) throw error;
        return error;
      });
    course.note({ to, exchanges, failure, began, ended: runtime.clock.now() });
  } while (course.pending.length > 0 && (await waits.wait(course.askedToWaitMs)));
  return course.write(`${raw.length} bytes, Message-ID ${message.messageId}`, waits.waited, log);
}

function notTried(log: StageLog, target: Target, durationMs: number, problem: Problem): Delivery {
  log.fail(MAIL, durationMs, problem);
  skipAfterMail(log, target);
  return { ...NOTHING, receivers: untried(target.to) };
}
