import { ProblemError, type Problem } from "../../../core/problem";
import { isPositive, type Reply } from "../../smtp/reply";
import { AUTH, BANNER, EHLO, EHLO_TLS, type StageRef } from "../../stage/stage";
import type { Run } from "../../wire/run";
import type { StageResult, StageLog } from "../../stage/stage-log";
import { brokenProtocol, interrupted, slowReply } from "../errors";
import { explainReply, type RefusalStage, type Situation } from "../refusals";

/** Runs a stage; a failure caused by an interruption is reported as an interruption. */
export function runStage<T>(
  { log, deadline }: Pick<Run, "log" | "deadline">,
  name: string,
  body: () => Promise<StageResult<T>>,
  explain: (error: unknown) => Problem,
): Promise<T> {
  const problemOf = (error: unknown) => (deadline.signal.aborted ? interrupted(name) : explain(error));
  return log.run(name, body, problemOf, (ms) => (ANSWERS.includes(name) ? slowReply(ms) : undefined));
}

/** Stages whose duration is the server's time to answer. */
const ANSWERS: readonly string[] = [BANNER, EHLO, EHLO_TLS, AUTH];

/** Warns of a slow acceptance; a retry that the server asked for took the time that it named. */
export function accepted(
  log: StageLog,
  stage: StageRef,
  { durationMs, tries }: { readonly durationMs: number; readonly tries: number },
  detail: string,
): void {
  const slow = tries > 1 ? undefined : slowReply(durationMs);
  if (slow) log.warn(stage, durationMs, `${detail}; ${slow.summary}`, slow);
  else log.add({ stage, status: "passed", durationMs, detail });
}

/** Throws the problem of a refusal. */
export function expectPositive(stage: RefusalStage, reply: Reply, situation: Situation): void {
  const problem = problemOfReply(stage, reply, situation);
  if (problem) throw new ProblemError(problem);
}

/** The problem of a reply that should be a simple acceptance. */
export function problemOfReply(stage: RefusalStage, reply: Reply, situation: Situation): Problem | undefined {
  if (!isPositive(reply)) return explainReply(reply, { ...situation, stage }).problem;
  return reply.code < 300 ? undefined : brokenProtocol(stage, "a question in place of an answer", reply.text);
}
