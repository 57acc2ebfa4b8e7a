import type { Problem } from "../core/problem";
import type { Deadline } from "./deadline";
import * as errors from "./errors";
import type { TestMessage } from "./message";
import type { Reached } from "./probe";
import { queueIdOf } from "./queue-id";
import { receiverResult, untried, type ReceiverResult } from "./receiver";
import { explainRefusal } from "./refusals";
import { isPositive } from "./reply";
import type { MailRuntime } from "./runtime";
import { compose, explainSend, send } from "./send";
import { DATA, MAIL, rcpt } from "./stage";
import type { StageLog } from "./stage-log";
import type { Target } from "./target";
import { Transcript, type Exchange } from "./transcript";

/** What became of the message. */
export interface Delivery {
  /** Receivers for whom the server took the message. */
  readonly accepted: readonly string[];
  /** "unknown" when the connection broke where only the server knows. */
  readonly sent: boolean | "unknown";
  readonly queueId?: string;
  /** One for each receiver, in the target's order. */
  readonly receivers: readonly ReceiverResult[];
  /** When the server took the message, or may have; milliseconds since 1970. */
  readonly acceptedAt?: number;
}

/**
 * Sends the message over a second connection, to the very address that the probe has just gone
 * through, and writes the stages MAIL, RCPT and DATA from what the server really answered.
 */
export async function deliver(
  message: TestMessage,
  fromName: string | undefined,
  target: Target,
  reached: Reached,
  runtime: MailRuntime,
  log: StageLog,
  deadline: Deadline,
): Promise<Delivery> {
  const raw = await compose(message, fromName, target);
  if (reached.maxSize !== undefined && raw.length > reached.maxSize) {
    skipAfterMail(log, log.fail(MAIL, 0, errors.tooLarge(raw.length, reached.maxSize)).name, target);
    return { accepted: [], sent: false, receivers: untried(target.to) };
  }
  const transcript = new Transcript(runtime.clock, runtime.wire?.connection());
  const began = runtime.clock.now();
  const failure = await deadline
    .step(deadline.remainingMs, (signal) => send(raw, target, reached, transcript, deadline.remainingMs, signal))
    .catch((error: unknown) => error);
  const attempt: Attempt = {
    transcript,
    durationMs: runtime.clock.now() - began,
    broken: (stage) => (deadline.signal.aborted ? errors.interrupted(stage) : explainSend(failure, stage, target)),
  };

  if (!mailAccepted(attempt, target, log)) {
    skipAfterMail(log, MAIL, target);
    return { accepted: [], sent: false, receivers: untried(target.to) };
  }
  const accepted = target.to.filter((receiver) =>
    answered(log, rcpt(receiver), "RCPT", transcript.rcpt(receiver), attempt),
  );
  if (accepted.length === 0) {
    log.skip(DATA, "not reached: no receiver was accepted");
    return { accepted, sent: false, receivers: target.to.map((address) => resultOf(address, transcript)) };
  }
  const taken = messageTaken(attempt, accepted, `${raw.length} bytes, Message-ID ${message.messageId}`, log);
  const receivers = target.to.map((address) => resultOf(address, transcript));
  return { ...taken, receivers, ...(taken.sent === false ? {} : { acceptedAt: runtime.clock.now() }) };
}

interface Attempt {
  readonly transcript: Transcript;
  /** Of the whole second connection. */
  readonly durationMs: number;
  /** Why there was no answer. */
  broken(stage: string): Problem;
}

function mailAccepted(attempt: Attempt, target: Target, log: StageLog): boolean {
  const exchange = attempt.transcript.mail();
  if (exchange) return answered(log, MAIL, "MAIL", exchange, attempt, `${target.from}: `);
  log.fail(MAIL, attempt.durationMs, errors.secondConnectionFailed(attempt.broken(MAIL)));
  return false;
}

/** Writes the stage of one exchange; true when the server agreed. */
function answered(
  log: StageLog,
  name: string,
  stage: "MAIL" | "RCPT",
  exchange: Exchange | undefined,
  attempt: Attempt,
  prefix = "",
): boolean {
  const { reply, durationMs = 0 } = exchange ?? {};
  if (reply && isPositive(reply)) {
    log.add({ name, status: "passed", durationMs, detail: `${prefix}${reply.text}` });
    return true;
  }
  log.fail(name, durationMs, reply ? explainRefusal(stage, reply) : attempt.broken(name));
  return false;
}

/** A receiver that was accepted shares the fate of the message. */
function resultOf(address: string, transcript: Transcript): ReceiverResult {
  const { reply } = transcript.rcpt(address) ?? {};
  if (!reply || !isPositive(reply)) return receiverResult(address, reply, 1);
  const answer = transcript.end() ?? transcript.data();
  return answer?.reply && answer.reply.code !== 354
    ? receiverResult(address, answer.reply, 1, "DATA")
    : { address, status: "unknown", attempts: 1 };
}

function messageTaken(
  attempt: Attempt,
  accepted: readonly string[],
  facts: string,
  log: StageLog,
): Omit<Delivery, "receivers"> {
  const { transcript } = attempt;
  const end = transcript.end();
  if (end?.reply && isPositive(end.reply)) {
    const queueId = queueIdOf(end.reply);
    log.add({ name: DATA, status: "passed", durationMs: end.durationMs, detail: `${end.reply.text}; ${facts}` });
    return { accepted, sent: true, ...(queueId === undefined ? {} : { queueId }) };
  }
  const answer = end ?? transcript.data();
  if (answer?.reply && !isPositive(answer.reply)) {
    log.fail(DATA, answer.durationMs, explainRefusal("DATA", answer.reply));
    return { accepted: [], sent: false };
  }
  const problem = attempt.broken(DATA);
  if (!transcript.messageWanted) {
    log.fail(DATA, attempt.durationMs, problem);
    return { accepted: [], sent: false };
  }
  log.fail(DATA, attempt.durationMs, errors.effectUnknown(problem.evidence ?? problem.summary));
  return { accepted: [], sent: "unknown" };
}

function skipAfterMail(log: StageLog, because: string, target: Target): void {
  for (const name of [...target.to.map(rcpt), DATA]) log.skip(name, `not reached: ${because} failed`);
}
