import type { Arrival, Mailbox } from "./arrival/mailbox";
import { Deadline } from "./deadline";
import { deliver, type Delivery } from "./delivery";
import { deploymentOf } from "./deployment";
import { writeMessage } from "./message";
import { waitForTurn, PACE_MS } from "./pace";
import { testPlatforms, type Via } from "./platform-tests";
import { probe } from "./probe";
import { judgeSender, lookForArrival, type SenderAlignment } from "./proof";
import type { ReceiverResult } from "./receiver";
import type { MailRuntime, ProbeRuntime } from "./runtime";
import { DATA, failedStages, MAIL, RATE_LIMIT, rcpt, type Stage } from "./stage";
import { StageLog } from "./stage-log";
import type { Target } from "./target";
import { probeVerdict, testVerdict } from "./verdict";
import { WireSecrets } from "./wire-secrets";

export interface TestRequest {
  readonly target: Target;
  readonly fromName?: string;
  readonly subject: string;
  readonly via: readonly Via[];
  /** Where to look whether the mail arrived. */
  readonly mailbox?: Mailbox;
  /** What to find out about the sender's domain. */
  readonly alignment?: SenderAlignment;
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
  /** One for each receiver, in the order of the target. */
  readonly receivers: readonly ReceiverResult[];
  /** ISO 8601; undefined where no certificate was seen. */
  readonly certificateExpiresAt?: string;
  /** Where the mail was found; undefined when it was not looked for, or not found. */
  readonly arrival?: Pick<Arrival, "folder" | "junk" | "latencyMs">;
}

/** How a run looks at its surroundings. */
export interface Watch {
  readonly signal: AbortSignal;
  redact(text: string): string;
}

/** The whole test: every stage to the login, then the mail itself, then the platforms' own tests. */
export async function runTest(request: TestRequest, runtime: MailRuntime, surroundings: Watch): Promise<TestOutcome> {
  const { target, via } = request;
  const watch = withoutLogins(surroundings, target.login, request.mailbox);
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
  const probed = await probe(
    target,
    { envelope: false, ...domains(target, request.alignment) },
    runtime,
    log,
    deadline,
  );
  if (probed.reached) {
    delivery = await deliver(
      message,
      request.fromName,
      target,
      probed.reached,
      runtime,
      log,
      deadline,
      keepFor(request.mailbox, target),
    );
  } else {
    const failed = failedStages(log.stages)[0]!.name;
    for (const name of [MAIL, ...target.to.map(rcpt), DATA]) log.skip(name, `not reached: ${failed} failed`);
  }
  const platforms = await testPlatforms(via, target, runtime, log, deadline);
  const arrival = request.mailbox && (await lookForArrival(request.mailbox, message, delivery, runtime, log, deadline));
  if (request.alignment) {
    await judgeSender(request.alignment, target, probed.addresses, arrival, runtime, log, deadline);
  }
  return {
    id,
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(
      testVerdict({ target, stages: log.stages, delivery, messageId: message.messageId, arrival, platforms }),
    ),
    stages: log.stages,
    ...(delivery && delivery.sent !== false ? { messageId: message.messageId } : {}),
    testedAt: new Date(began).toISOString(),
    receivers: redacted(delivery?.receivers ?? probed.receivers, watch),
    ...(probed.certificateExpiresAt === undefined ? {} : { certificateExpiresAt: probed.certificateExpiresAt }),
    ...(arrival && { arrival: { folder: arrival.folder, junk: arrival.junk, latencyMs: arrival.latencyMs } }),
  };
}

export type ProbeOutcome = Pick<TestOutcome, "ok" | "verdict" | "stages" | "receivers" | "certificateExpiresAt">;

/** Every stage up to the receivers, and the sender's domain when asked; sends nothing. */
export async function runProbe(
  target: Target,
  runtime: ProbeRuntime,
  surroundings: Watch,
  alignment?: SenderAlignment,
): Promise<ProbeOutcome> {
  const watch = withoutLogins(surroundings, target.login);
  const log = new StageLog(runtime.clock, (text) => watch.redact(text), target.lastStage);
  const deadline = new Deadline(runtime.clock, target.timeoutMs, watch.signal);
  const { addresses, receivers, certificateExpiresAt } = await probe(
    target,
    { envelope: true, ...domains(target, alignment) },
    runtime,
    log,
    deadline,
  );
  if (alignment) await judgeSender(alignment, target, addresses, undefined, runtime, log, deadline);
  return {
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(probeVerdict(target, log.stages)),
    stages: log.stages,
    receivers: redacted(receivers, watch),
    ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt }),
  };
}

/** Whatever a server repeats of a login, and however it writes it, is not shown. */
function withoutLogins(watch: Watch, ...logins: readonly (WireLogin | undefined)[]): Watch {
  const secrets = logins.flatMap((login) => {
    if (login === undefined) return [];
    const own = new WireSecrets();
    own.learn(login);
    return [own];
  });
  return {
    signal: watch.signal,
    redact: (text) => secrets.reduce((clean, own) => own.clean(clean), watch.redact(text)),
  };
}

type WireLogin = Parameters<WireSecrets["learn"]>[0];

/** Greylisting must not use up the time for looking into the mailbox. */
function keepFor(mailbox: Mailbox | undefined, { timeoutMs }: Target): number {
  return mailbox === undefined ? 0 : Math.min(mailbox.waitMs, timeoutMs / 3);
}

/** Whoever asks for the sender's DNS wants the receivers' looked at too. */
function domains({ dnsServers }: Target, alignment: SenderAlignment | undefined) {
  return { mailDomains: dnsServers !== undefined || alignment !== undefined };
}

function redacted(receivers: readonly ReceiverResult[], watch: Watch): readonly ReceiverResult[] {
  return receivers.map(({ reply, ...rest }) => ({
    ...rest,
    ...(reply === undefined ? {} : { reply: watch.redact(reply) }),
  }));
}

/** Twelve hexadecimal digits: unique enough to find one mail among all others, short enough for a subject. */
function newId(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16)).join("");
}
