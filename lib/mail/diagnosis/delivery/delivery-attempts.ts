import type { Problem } from "../../../core/problem";
import type { Deadline } from "../../wire/deadline";
import { outsideAscii } from "../../smtp/internationalized";
import type { UsableServer } from "../../smtp/usable-server";
import { queueIdOf } from "../../smtp/queue-id";
import { isPositive } from "../../smtp/reply";
import { DATA, MAIL, nameOf, rcpt, type StageRef } from "../../stage/stage";
import { accepted } from "../stages/run-stage";
import type { StageLog } from "../../stage/stage-log";
import type { Target } from "../../smtp/target";
import type { ExchangeLog } from "../../smtp/exchange-log";
import { effectUnknown, interrupted, secondConnectionFailed } from "../errors";
import { smtpUtf8Problem } from "../errors";
import { receiverResult, untried, type ReceiverResult } from "../receiver-result";
import { explainReply, type Situation } from "../refusals";
import type { Delivery } from "./delivery";
import { acceptedLate, askedToWaitMs, stillGreylisted, wantsAnotherTry, type DeliveryAnswer } from "./greylisting";
import { explainSend } from "./explain-send";

/** Why the stage failed, if it did. */
type Verdict = (stage: string, answer: DeliveryAnswer) => Problem | undefined;

/** One attempt to deliver the message. */
export interface Try {
  readonly to: readonly string[];
  readonly exchanges: ExchangeLog;
  /** The error that ended it early, if any. */
  readonly failure: unknown;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
}

/** What is known of each receiver, over all attempts. */
export class DeliveryAttempts {
  private tries = 0;
  private stopped = false;
  private mail: DeliveryAnswer | undefined;
  private readonly rcpts = new Map<string, DeliveryAnswer>();
  /** The answer to the message, by receiver. */
  private readonly ends = new Map<string, DeliveryAnswer & { readonly unknown?: boolean }>();
  private readonly takenAt = new Map<string, number>();
  private readonly queueIds = new Map<string, string>();

  constructor(
    private readonly target: Target,
    reached: UsableServer,
    /** The situation at the end of the probe. */
    private readonly situation: Situation,
    private readonly deadline: Deadline,
  ) {
    for (const receiver of target.to) {
      if (!outsideAscii(receiver) || reached.smtpUtf8) continue;
      this.rcpts.set(receiver, { problem: smtpUtf8Problem(receiver), durationMs: 0, tries: 0 });
    }
  }

  /** The receivers that still need the message. */
  get pending(): readonly string[] {
    if (this.stopped) return [];
    return this.target.to.filter((receiver) => {
      const answer = this.ends.get(receiver) ?? this.rcpts.get(receiver);
      return answer === undefined ? this.tries === 0 || wantsAnotherTry(this.mail) : wantsAnotherTry(answer);
    });
  }

  /** How long the server asks to wait before the next attempt. */
  get askedToWaitMs(): number {
    return askedToWaitMs([this.mail, ...this.rcpts.values(), ...this.ends.values()]);
  }

  /** Records one attempt. */
  note({ to, exchanges, failure, began, ended }: Try): void {
    this.tries++;
    const durationMs = ended - began;
    const { tries } = this;
    const broken = (stage: string): Problem =>
      this.deadline.signal.aborted ? interrupted(stage) : explainSend(failure, stage, this.target, this.situation);
    const answered = (
      stage: "MAIL" | "RCPT" | "DATA",
      name: string,
      exchange = exchanges.mail(),
      otherwise = () => broken(name),
    ): DeliveryAnswer => {
      const { reply } = exchange ?? {};
      const took = { durationMs: exchange?.durationMs ?? durationMs, tries };
      if (reply && !isPositive(reply)) {
        const refusal = explainReply(reply, { ...this.situation, stage });
        return { reply, problem: refusal.problem, refusal, ...took };
      }
      if (reply) return { reply, ...took };
      return { problem: otherwise(), ...took };
    };
    const mail = answered("MAIL", MAIL, exchanges.mail(), () => secondConnectionFailed(broken(MAIL)));
    // Once the sender is accepted, it stays accepted; a later refusal concerns the receivers.
    if (!this.mail || this.mail.problem) this.mail = mail;
    else if (mail.reply && mail.problem) for (const receiver of to) this.rcpts.set(receiver, mail);
    // The server no longer accepts the connection: its earlier answers stay valid.
    this.stopped = mail.reply === undefined;
    if (mail.problem) return;

    for (const receiver of to) {
      const exchange = exchanges.rcpt(receiver);
      const answer = answered("RCPT", nameOf(rcpt(receiver)), exchange ?? { command: "", durationMs: 0 });
      this.rcpts.set(receiver, answer);
    }
    const accepted = to.filter((receiver) => !this.rcpts.get(receiver)!.problem);
    if (accepted.length === 0) return;
    const end = exchanges.end();
    const asked = exchanges.data();
    // The time for the 354 is part of the message's time: a server may be slow there, too.
    const data = end?.reply ? { ...end, durationMs: end.durationMs + (asked?.durationMs ?? 0) } : asked;
    const refusedOrTaken = data?.reply !== undefined && data.reply.code !== 354;
    const answer: DeliveryAnswer & { unknown?: boolean } = refusedOrTaken
      ? answered("DATA", DATA, data)
      : exchanges.messageWanted
        ? { problem: withUnknownEffect(broken(DATA)), durationMs, tries, unknown: true }
        : { problem: broken(DATA), durationMs, tries };
    const queueId = answer.problem || !answer.reply ? undefined : queueIdOf(answer.reply);
    for (const receiver of accepted) {
      this.ends.set(receiver, answer);
      if (!answer.problem || answer.unknown) this.takenAt.set(receiver, ended);
      if (queueId !== undefined) this.queueIds.set(receiver, queueId);
    }
  }

  /** Writes the stages, once no further answers will come. */
  write(facts: string, waited: string, log: StageLog): Delivery {
    const { target, mail } = this;
    const late = ({ tries }: DeliveryAnswer) => (tries > 1 ? `; ${acceptedLate(tries, waited)}` : "");
    const problemOf: Verdict = (name, answer) => {
      if (!wantsAnotherTry(answer) || !answer.reply) return answer.problem;
      if (this.deadline.signal.aborted) return interrupted(name);
      return answer.tries > 1 ? stillGreylisted(answer.tries, waited, answer.reply) : answer.problem;
    };
    const stage = (ref: StageRef, answer: DeliveryAnswer, detail: string): boolean => {
      const problem = problemOf(nameOf(ref), answer);
      if (problem) log.fail(ref, answer.durationMs, problem);
      else accepted(log, ref, answer, `${detail}${late(answer)}`);
      return problem === undefined;
    };

    if (!mail) return this.allUnsaid(log);
    if (!stage(MAIL, mail, `${target.from}: ${mail.reply?.text ?? ""}`)) {
      skipAfterMail(log, target);
      return { ...NOTHING, receivers: untried(target.to) };
    }
    for (const receiver of target.to) {
      const answer = this.rcpts.get(receiver);
      if (answer) stage(rcpt(receiver), answer, answer.reply?.text ?? "");
    }
    this.writeData(facts, problemOf, late, log);
    const taken = target.to.filter((receiver) => this.takenAt.has(receiver) && !this.ends.get(receiver)?.problem);
    const unknown = [...this.ends.values()].some(({ unknown }) => unknown === true);
    return {
      accepted: taken,
      sent: taken.length > 0 ? true : unknown ? "unknown" : false,
      queueIds: this.queueIds,
      receivers: target.to.map((receiver) => this.resultOf(receiver, problemOf, log)),
      takenAt: this.takenAt,
    };
  }

  /**
   * Writes one stage for the message, however often it was sent: it fails when the message was refused for any
   * receiver.
   */
  private writeData(facts: string, problemOf: Verdict, late: (answer: DeliveryAnswer) => string, log: StageLog): void {
    const answers = [...new Set(this.ends.values())];
    if (answers.length === 0) return log.skip(DATA, "not reached: no receiver was accepted");
    const durationMs = answers.reduce((sum, answer) => sum + answer.durationMs, 0);
    const failed = answers.find((answer) => problemOf(DATA, answer) !== undefined);
    if (failed) return void log.fail(DATA, durationMs, problemOf(DATA, failed)!);
    const detail = `${answers.map((answer) => `${answer.reply?.text ?? ""}${late(answer)}`).join("; ")}; ${facts}`;
    log.add({ stage: DATA, status: "passed", durationMs, detail });
  }

  /** The result of a receiver; one that was accepted shares the result of the message. */
  private resultOf(receiver: string, problemOf: Verdict, log: StageLog): ReceiverResult {
    const end = this.ends.get(receiver);
    const answer = end ?? this.rcpts.get(receiver);
    if (!answer || answer.tries === 0) {
      return { ...untried([receiver])[0]!, ...(answer?.problem ? { remedy: log.inTerms(answer.problem).fix } : {}) };
    }
    const problem = problemOf(nameOf(rcpt(receiver)), answer);
    const result = receiverResult(receiver, answer.reply, answer.tries);
    return problem ? { ...result, remedy: log.inTerms(problem).fix } : result;
  }

  /** No receiver can be named to this server, so that nothing was sent to it. */
  private allUnsaid(log: StageLog): Delivery {
    log.skip(MAIL, "not tried: there is no receiver that this server takes");
    for (const [receiver, { problem }] of this.rcpts) log.fail(rcpt(receiver), 0, problem!);
    log.skip(DATA, "not reached: no receiver was accepted");
    return {
      ...NOTHING,
      receivers: this.target.to.map((receiver) => this.resultOf(receiver, (_, { problem }) => problem, log)),
    };
  }
}

/** The delivery of a run that did not get as far as the message. */
export const NOTHING = {
  accepted: [],
  sent: false,
  takenAt: new Map<string, number>(),
  queueIds: new Map<string, string>(),
} as const;

const withUnknownEffect = ({ evidence, summary }: Problem) => effectUnknown(evidence ?? summary);

export function skipAfterMail(log: StageLog, target: Target): void {
  for (const stage of [...target.to.map(rcpt), DATA]) log.skip(stage, `not reached: ${MAIL} failed`);
}
