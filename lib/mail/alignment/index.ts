import { elapsed } from "../../core/clock";
import type { Problem } from "../../core/problem";
import type { NameServers } from "../wire/name-servers";
import { interruptions } from "../stage/interruptions.remedies";
import { remedyFor } from "../stage/remedy";
import { DKIM, DMARC, SPF } from "../stage/stage";
import type { Run } from "../wire/run";
import type { StageLog } from "../stage/stage-log";
import type { AlignmentCheck, AlignmentRequest } from "./alignment";
import { authorOf } from "./author";
import { receiversResults } from "./authentication-results";
import { discoverPolicy, type DmarcDiscovery } from "./dmarc-policy";
import { judgeDkim } from "./judge-dkim";
import { judgeDmarc } from "./judge-dmarc";
import { judgeSpf } from "./judge-spf";
import type { AlignmentJudgement } from "./judgement";
import { dnsDomainOf } from "./organizational-domain";
import { NoAnswer, Questions } from "./questions";
import { secondOpinion } from "./receiver";
import { alignment as remedies } from "./remedies";

export type { AlignmentRequest } from "./alignment";
export { judgeSendingAddresses } from "./sending-address";

/** The time limit of one check, enough for slow name servers; the limit for all stages applies too. */
const CHECK_MS = 10_000;

/**
 * Judges SPF, DKIM and DMARC of the sender, and writes a stage for each: from the message that arrived if there is one,
 * else from DNS. Queries only `servers`.
 *
 * @see RFC 7208, RFC 6376, RFC 7489
 */
export async function judgeAlignment(
  { runtime: { clock }, log, deadline }: Run,
  declared: AlignmentRequest,
  servers: NameServers,
): Promise<void> {
  const request = { ...declared, from: authorOf(declared) };
  const domain = dnsDomainOf(request.from);
  const questions = new Questions(servers, deadline.signal);
  const receiver = receiversResults(request.authenticationResults ?? []);
  const opinion = (check: AlignmentCheck) => (ours: string | undefined) => secondOpinion(check, ours, receiver);

  let discovered: Promise<DmarcDiscovery> | undefined;
  const policy = () => (discovered ??= discoverPolicy(domain, questions));
  const mode = (which: "adkim" | "aspf") => async () => {
    const found = await policy().catch(whereUnanswered(undefined));
    return found?.state === "found" ? found.policy[which] : "relaxed";
  };

  async function check(name: string, kind: AlignmentCheck, judge: () => Promise<AlignmentJudgement>) {
    if (deadline.signal.aborted) return void log.skip(name, "not reached: interrupted");
    const began = elapsed(clock);
    if (deadline.remainingMs === 0) {
      return void write(
        log,
        name,
        0,
        unknown(remedyFor(interruptions.outOfTime, { stage: name })),
        request.require.includes(kind),
      );
    }
    const judgement = await deadline
      .step(CHECK_MS, (signal) => {
        questions.signal = signal;
        return judge();
      })
      .catch(whereUnanswered(undefined));
    const durationMs = elapsed(clock) - began;
    // Queries that an interruption left unanswered say nothing about the sender.
    if (deadline.signal.aborted)
      return void log.fail(name, durationMs, remedyFor(interruptions.interrupted, { stage: name }));
    const result = judgement ?? unanswered(questions, domain);
    write(log, name, durationMs, result, request.require.includes(kind));
    return result.standing;
  }

  const spf = await check(SPF, "spf", () =>
    judgeSpf(request, { questions, mode: mode("aspf"), secondOpinion: opinion("spf") }),
  );
  const dkim = await check(DKIM, "dkim", () =>
    judgeDkim(request, { questions, now: clock.now(), mode: mode("adkim"), secondOpinion: opinion("dkim") }),
  );
  await check(DMARC, "dmarc", () =>
    judgeDmarc(request, {
      declaredFrom: declared.from,
      spf: spf ?? "unknown",
      dkim: dkim ?? "unknown",
      policy,
      secondOpinion: opinion("dmarc"),
    }),
  );
}

function whereUnanswered<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof NoAnswer) return value;
    throw error;
  };
}

function unanswered(questions: Questions, domain: string): AlignmentJudgement {
  const question = questions.unanswered.at(-1)?.message ?? "";
  return unknown(remedyFor(remedies.dnsFailed, { servers: questions.described, question, domain }));
}

function unknown(problem: Problem): AlignmentJudgement {
  return { status: "unavailable", passes: false, standing: "unknown", detail: problem.summary, problem };
}

/** A required check has to pass: an unknown result is not enough. */
function write(
  log: StageLog,
  name: string,
  durationMs: number,
  judgement: AlignmentJudgement,
  required: boolean,
): void {
  const status = required && !judgement.passes ? "failed" : judgement.status;
  const problem: Problem | undefined = judgement.problem && {
    ...log.inTerms(judgement.problem),
    severity: status === "failed" ? "error" : "warning",
  };
  log.add({ stage: name, status, durationMs, detail: judgement.detail, remedy: problem?.fix, problem });
}
