import { elapsed } from "../../../core/clock";
import type { Problem } from "../../../core/problem";
import type { Capabilities } from "../../smtp/capabilities";
import { outsideAscii } from "../../smtp/internationalized";
import { isPositive } from "../../smtp/reply";
import type { Session } from "../../smtp/session";
import { MAIL, nameOf, rcpt } from "../../stage/stage";
import { StageFailed, type StageLog } from "../../stage/stage-log";
import type { ServerRun } from "../server-run";
import { explainDialogue } from "../explain";
import { interrupted } from "../errors";
import { smtpUtf8Problem } from "../errors";
import {
  acceptedLate,
  askedToWaitMs,
  RetryWaits,
  stillGreylisted,
  wantsAnotherTry,
  type DeliveryAnswer,
} from "../delivery/greylisting";
import { explainReply } from "../refusals";
import { judgesAfterData, providerName } from "../refusals/providers";
import { receiverResult, untried, type ReceiverResult } from "../receiver-result";
import { accepted, problemOfReply } from "./run-stage";
import { situationOf } from "./situation-of";

/** About as large as the test mail. */
const SIZE_BYTES = 4_096;

/**
 * Offers the sender and the receivers and withdraws them; what is accepted here may still be refused with the message.
 * A greylisting server is asked again, over connections that `again` opens.
 */
export async function offerEnvelope(
  { target, deadline, runtime, log }: ServerRun,
  first: Session,
  capabilities: Capabilities,
  again: () => Promise<Session>,
  record: (result: ReceiverResult) => void,
): Promise<void> {
  const answers = new Map<string, DeliveryAnswer>();
  const waits = new RetryWaits(runtime.clock, deadline);
  let session = first;
  let mail: DeliveryAnswer | undefined;
  for (let tries = 1; ; tries++) {
    const pending = target.to.filter((receiver) => tries === 1 || wantsAnotherTry(answers.get(receiver)));
    mail = await offer(session, capabilities, mail, pending, answers, tries);
    const all = [mail, ...answers.values()];
    if (!all.some(wantsAnotherTry)) break;
    // On a new connection, as a sender does.
    session.end(true);
    if (!(await waits.wait(askedToWaitMs(all)))) break;
    const next = await again().catch((error: unknown) => {
      if (error instanceof StageFailed) return undefined;
      throw error;
    });
    if (!next) break;
    session = next;
  }
  if (session !== first) session.end(true);
  write(mail, answers, waits.waited, first, log, record);
}

/** One round: the sender, then those receivers that are due. Returns what is known of the sender. */
async function offer(
  session: Session,
  capabilities: Capabilities,
  before: DeliveryAnswer | undefined,
  pending: readonly string[],
  answers: Map<string, DeliveryAnswer>,
  tries: number,
): Promise<DeliveryAnswer> {
  const { target, runtime } = session;
  const { clock } = runtime;
  const ask = async (stage: "MAIL" | "RCPT", name: string, line: string): Promise<DeliveryAnswer> => {
    const began = elapsed(clock);
    const answer = (rest: Omit<DeliveryAnswer, "tries" | "durationMs">) => ({
      ...rest,
      tries,
      durationMs: elapsed(clock) - began,
    });
    try {
      const reply = await session.command(line);
      const situation = situationOf(session);
      if (!isPositive(reply)) {
        const refusal = explainReply(reply, { ...situation, stage });
        return answer({ reply, problem: refusal.problem, refusal });
      }
      const problem = problemOfReply(stage, reply, situation);
      return answer({ reply, ...(problem && { problem }) });
    } catch (error) {
      return answer({ problem: session.deadline.signal.aborted ? interrupted(name) : explainDialogue(name)(error) });
    }
  };
  const unsaid = (address: string): DeliveryAnswer | undefined =>
    outsideAscii(address) && !capabilities.smtpUtf8
      ? { problem: smtpUtf8Problem(address), tries: 0, durationMs: 0 }
      : undefined;

  const parameters = [
    capabilities.size ? ` SIZE=${SIZE_BYTES}` : "",
    capabilities.smtpUtf8 && [target.from, ...pending].some(outsideAscii) ? " SMTPUTF8" : "",
  ].join("");
  const sender = unsaid(target.from) ?? (await ask("MAIL", MAIL, `MAIL FROM:<${target.from}>${parameters}`));
  // Once the sender is accepted, it stays accepted; a later refusal concerns the receivers.
  const mail = before !== undefined && !before.problem ? before : sender;
  if (sender.problem) {
    if (mail === before) for (const receiver of pending) answers.set(receiver, { ...sender, durationMs: 0 });
    return mail;
  }
  for (const receiver of pending) {
    const answer = unsaid(receiver) ?? (await ask("RCPT", nameOf(rcpt(receiver)), `RCPT TO:<${receiver}>`));
    const earlier = answers.get(receiver)?.durationMs ?? 0;
    answers.set(receiver, { ...answer, durationMs: earlier + answer.durationMs });
    // A refused receiver says nothing about the next one; a lost connection does.
    if (!session.dialogue.usable || answer.reply?.code === 421) return mail;
  }
  await session.command("RSET").catch(() => undefined);
  return mail;
}

/** Writes the stages, once no further answers will come; throws when one of them failed. */
function write(
  mail: DeliveryAnswer,
  answers: ReadonlyMap<string, DeliveryAnswer>,
  waited: string,
  session: Session,
  log: StageLog,
  record: (result: ReceiverResult) => void,
): void {
  const { target, deadline } = session;
  const problemOf = (name: string, answer: DeliveryAnswer): Problem | undefined => {
    if (!wantsAnotherTry(answer) || !answer.reply) return answer.problem;
    if (deadline.signal.aborted) return interrupted(name);
    return answer.tries > 1 ? stillGreylisted(answer.tries, waited, answer.reply) : answer.problem;
  };
  const late = ({ tries }: DeliveryAnswer) => (tries > 1 ? `; ${acceptedLate(tries, waited)}` : "");

  const refusal = problemOf(MAIL, mail);
  if (refusal) throw new StageFailed(log.fail(MAIL, mail.durationMs, refusal));
  const detail = `${target.from}: ${mail.reply?.text ?? ""}${late(mail)}`;
  accepted(log, MAIL, mail, detail);

  const { provider } = situationOf(session);
  const notYet =
    provider !== undefined && judgesAfterData(provider)
      ? `; ${providerName(provider)} judges sender and message only once it has all of it: a test mail would show that`
      : "";
  let failed: StageFailed | undefined;
  for (const receiver of target.to) {
    const answer = answers.get(receiver);
    if (!answer) continue;
    const stage = rcpt(receiver);
    const { reply, tries, durationMs } = answer;
    const problem = problemOf(nameOf(stage), answer);
    const result = tries === 0 ? untried([receiver])[0]! : receiverResult(receiver, reply, tries);
    record(problem ? { ...result, remedy: log.inTerms(problem).fix } : result);
    if (problem) failed = new StageFailed(log.fail(stage, durationMs, problem));
    else accepted(log, stage, answer, `accepted so far: ${reply?.text ?? ""}${late(answer)}${notYet}`);
  }
  if (failed) throw failed;
}
