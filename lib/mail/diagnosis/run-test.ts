import type { Arrival, ImapMailbox } from "../imap/mailbox";
import { Deadline } from "../wire/deadline";
import { writeMessage } from "../smtp/message";
import { DATA, failedStages, MAIL, RATE_LIMIT, rcpt } from "../stage/stage";
import { StageLog } from "../stage/stage-log";
import type { Target } from "../smtp/target";
import { deliver, type Delivery } from "./delivery/delivery";
import { deploymentOf } from "./deployment";
import { throttle, THROTTLE_MS } from "./throttle";
import { testPlatforms } from "./stages/platform-tests";
import { newMailId } from "./mail-id";
import { probe, domains } from "./probe";
import { lookForArrivals } from "./stages/arrival";
import { judgeSender } from "./stages/sender-alignment";
import type { MailRuntime } from "./runtime";
import { testVerdict } from "./verdict";
import type { FoundMail, TestRequest, TestOutcome, RunSurroundings } from "./outcome";
import { withoutLogins, redacted } from "./login-redaction";

/** Runs the whole test: every stage to the login, the mail itself, then the platforms' own tests. */
export async function runTest(
  request: TestRequest,
  runtime: MailRuntime,
  surroundings: RunSurroundings,
): Promise<TestOutcome> {
  const { target, via, mailboxes = [] } = request;
  const watch = withoutLogins(surroundings, target.login, ...mailboxes);
  const { clock } = runtime;
  const log = new StageLog(clock, (text) => watch.redact(text), undefined, runtime.nameOfSetting, watch.onStage);
  const id = newMailId(runtime.random);

  const waited = await throttle(target, clock, watch.signal);
  if (waited > 0) {
    const detail = `waited: at most one test mail in ${THROTTLE_MS / 1000} s goes to the same server and receivers`;
    log.add({ stage: RATE_LIMIT, status: "passed", durationMs: waited, detail });
  }
  // Waiting for other tests does not count against this test's time.
  const deadline = new Deadline(clock, target.timeoutMs, watch.signal);
  const run = { target, runtime, log, deadline };
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
  const probed = await probe(run, { envelope: false, ...domains(target, request.alignment) });
  const { reached, situation } = probed;
  if (reached) {
    const keepMs = keepFor(mailboxes, target);
    delivery = await deliver(run, { message, fromName: request.fromName, keepMs }, { reached, situation });
  } else {
    const failed = failedStages(log.stages)[0]!.name;
    for (const stage of [MAIL, ...target.to.map(rcpt), DATA]) log.skip(stage, `not reached: ${failed} failed`);
  }
  const platforms = await testPlatforms(run, via);
  const arrivals = await lookForArrivals(run, mailboxes, message, delivery);
  if (request.alignment) {
    await judgeSender(run, request.alignment, probed.addresses, arrivals[0]);
  }
  return {
    id,
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(
      testVerdict(
        { target, stages: log.stages, delivery, messageId: message.messageId, mailboxes, arrivals, platforms },
        runtime.nameOfSetting,
      ),
    ),
    stages: log.stages,
    ...(delivery && delivery.sent !== false ? { messageId: message.messageId } : {}),
    testedAt: new Date(began).toISOString(),
    receivers: redacted(delivery?.receivers ?? probed.receivers, watch),
    ...probed.certificateLife,
    ...found(mailboxes, arrivals),
  };
}

function found(mailboxes: readonly ImapMailbox[], arrivals: readonly Arrival[]): Partial<TestOutcome> {
  const [first] = mailboxes;
  if (first === undefined) return {};
  const all = arrivals.map(({ receiver, folder, junk, latencyMs }): FoundMail => ({
    receiver,
    folder,
    junk,
    latencyMs,
  }));
  const own = all.find(({ receiver }) => receiver === first.receiver);
  return {
    ...(own && { arrival: { folder: own.folder, junk: own.junk, latencyMs: own.latencyMs } }),
    arrivals: all,
  };
}

/** Greylisting must not use up the time for looking into the mailboxes. */
function keepFor(mailboxes: readonly ImapMailbox[], { timeoutMs }: Target): number {
  return Math.min(Math.max(0, ...mailboxes.map(({ waitMs }) => waitMs)), timeoutMs / 3);
}
