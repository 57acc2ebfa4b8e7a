import { Deadline } from "./deadline";
import { deliver, type Delivery } from "./delivery";
import { deploymentOf } from "./deployment";
import { writeMessage } from "./message";
import { waitForTurn, PACE_MS } from "./pace";
import { testPlatforms, type Via } from "./platform-tests";
import { probe } from "./probe";
import type { MailRuntime, ProbeRuntime } from "./runtime";
import { DATA, failedStages, MAIL, RATE_LIMIT, rcpt, type Stage } from "./stage";
import { StageLog } from "./stage-log";
import type { Target } from "./target";
import { probeVerdict, testVerdict } from "./verdict";

export interface TestRequest {
  readonly target: Target;
  readonly fromName?: string;
  readonly subject: string;
  readonly via: readonly Via[];
}

export interface TestOutcome {
  readonly id: string;
  readonly ok: boolean;
  readonly verdict: string;
  readonly stages: readonly Stage[];
  /** Undefined when no message was sent. */
  readonly messageId?: string;
  /** ISO 8601. */
  readonly testedAt: string;
}

/** How a run looks at its surroundings. */
export interface Watch {
  readonly signal: AbortSignal;
  redact(text: string): string;
}

/** The whole test: every stage to the login, then the mail itself, then the platforms' own tests. */
export async function runTest(request: TestRequest, runtime: MailRuntime, watch: Watch): Promise<TestOutcome> {
  const { target, via } = request;
  const { clock } = runtime;
  const log = new StageLog(clock, (text) => watch.redact(text));
  const id = newId(runtime.random);

  const waited = await waitForTurn(target, clock, watch.signal);
  if (waited > 0) {
    const detail = `waited: at most one test mail in ${PACE_MS / 1000} s goes to the same server and receivers`;
    log.add({ name: RATE_LIMIT, status: "passed", durationMs: waited, detail });
  }
  // The wait for others is not this test's time.
  const deadline = new Deadline(clock, target.timeoutMs, watch.signal);
  const began = clock.now();
  const message = writeMessage({
    id,
    sentAt: began,
    subject: request.subject,
    target,
    platforms: via.map(({ system }) => system),
    deployment: deploymentOf(runtime.environment),
  });

  let delivery: Delivery | undefined;
  const reached = await probe(target, { envelope: false }, runtime, log, deadline);
  if (reached) {
    delivery = await deliver(message, request.fromName, target, reached, runtime, log, deadline);
  } else {
    const failed = failedStages(log.stages)[0]!.name;
    for (const name of [MAIL, ...target.to.map(rcpt), DATA]) log.skip(name, `not reached: ${failed} failed`);
  }
  const platforms = await testPlatforms(via, target, runtime, log, deadline);
  return {
    id,
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(testVerdict(target, log.stages, delivery, message.messageId, platforms)),
    stages: log.stages,
    ...(delivery && delivery.sent !== false ? { messageId: message.messageId } : {}),
    testedAt: new Date(began).toISOString(),
  };
}

export type ProbeOutcome = Pick<TestOutcome, "ok" | "verdict" | "stages">;

/** Every stage up to the receivers; sends nothing. */
export async function runProbe(target: Target, runtime: ProbeRuntime, watch: Watch): Promise<ProbeOutcome> {
  const log = new StageLog(runtime.clock, (text) => watch.redact(text));
  const deadline = new Deadline(runtime.clock, target.timeoutMs, watch.signal);
  await probe(target, { envelope: true }, runtime, log, deadline);
  return {
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(probeVerdict(target, log.stages)),
    stages: log.stages,
  };
}

/** Twelve hexadecimal digits: unique enough to find one mail among all others, short enough for a subject. */
function newId(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16)).join("");
}
