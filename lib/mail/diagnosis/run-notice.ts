import { writeNotice, type Notice } from "../smtp/notice";
import type { Target } from "../smtp/target";
import { failedStages } from "../stage/stage";
import { StageLog } from "../stage/stage-log";
import { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { deliver } from "./delivery/delivery";
import { withoutLogins } from "./login-redaction";
import { newMailId } from "./mail-id";
import type { RunSurroundings, TestOutcome } from "./outcome";
import { probe } from "./probe";
import { untried } from "./receiver-result";
import { testVerdict } from "./verdict";

/** Sends a notice by the stages of a test mail, so that failures are explained in the same way. */
export async function runNotice(
  notice: Notice,
  target: Target,
  runtime: ProbeRuntime & { readonly random: () => number },
  surroundings: RunSurroundings,
): Promise<Pick<TestOutcome, "ok" | "verdict" | "receivers">> {
  const watch = withoutLogins(surroundings, target.login);
  const { clock, nameOfSetting } = runtime;
  const log = new StageLog(clock, (text) => watch.redact(text), undefined, nameOfSetting);
  const run = { target, runtime, log, deadline: new Deadline(clock, target.timeoutMs, watch.signal) };
  const message = writeNotice(notice, target, { id: newMailId(runtime.random), sentAt: clock.now() });
  const { reached, situation } = await probe(run, { envelope: false });
  const delivery = reached && (await deliver(run, { message, fromName: undefined, keepMs: 0 }, { reached, situation }));
  const facts = { target, stages: log.stages, delivery, messageId: message.messageId, ...NOTHING_ELSE };
  return {
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(testVerdict(facts, nameOfSetting)),
    receivers: delivery?.receivers ?? untried(target.to),
  };
}

/** A notice proves nothing else. */
const NOTHING_ELSE = { mailboxes: [], arrivals: [], platforms: { passed: [], failed: [], unavailable: [] } };
