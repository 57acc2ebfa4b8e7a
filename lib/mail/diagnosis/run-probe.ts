import { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { failedStages } from "../stage/stage";
import { StageLog } from "../stage/stage-log";
import type { Target } from "../smtp/target";
import { probe, domains } from "./probe";
import { judgeSender, type AlignmentOptions } from "./stages/sender-alignment";
import { probeVerdict } from "./verdict";
import type { RunSurroundings, ProbeOutcome } from "./outcome";
import { withoutLogins, redacted } from "./login-redaction";

/** Runs every stage up to the receivers and, on request, those of the sender's domain; sends nothing. */
export async function runProbe(
  target: Target,
  runtime: ProbeRuntime,
  surroundings: RunSurroundings,
  alignment?: AlignmentOptions,
): Promise<ProbeOutcome> {
  const watch = withoutLogins(surroundings, target.login);
  const log = new StageLog(
    runtime.clock,
    (text) => watch.redact(text),
    target.lastStage,
    runtime.nameOfSetting,
    watch.onStage,
  );
  const deadline = new Deadline(runtime.clock, target.timeoutMs, watch.signal);
  const run = { target, runtime, log, deadline };
  const { addresses, receivers, certificateLife } = await probe(run, {
    envelope: true,
    ...domains(target, alignment),
  });
  if (alignment) await judgeSender(run, alignment, addresses, undefined);
  return {
    ok: failedStages(log.stages).length === 0,
    verdict: watch.redact(probeVerdict(target, log.stages, runtime.nameOfSetting)),
    stages: log.stages,
    receivers: redacted(receivers, watch),
    ...certificateLife,
  };
}
