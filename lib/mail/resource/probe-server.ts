import { reasonOf } from "../../core/clock";
import type { Context } from "../../terraform-plugin/resource";
import type { StateOf } from "../../terraform-plugin/schema";
import { passwordMissing } from "../diagnosis/errors";
import { untried } from "../diagnosis/receiver-result";
import { outcomeRows } from "../diagnosis/report";
import { reportToSandbox } from "../diagnosis/report-to-sandbox";
import { runProbe } from "../diagnosis/run-probe";
import type { ProbeOutcome } from "../diagnosis/outcome";
import type { MailRuntime } from "../diagnosis/runtime";
import { CONFIG } from "../stage/stage";
import { StageLog } from "../stage/stage-log";
import type { Target } from "../smtp/target";
import { probeVerdict } from "../diagnosis/verdict";
import { senderAlignmentOf, targetOf } from "./declared";
import { withVariables } from "./password-variables";
import type { smtpProbeSchema } from "./smtp-probe.schema";

/** Probes the server that a data source declares; a failure is a result, not an error. */
export async function probeServer(
  config: StateOf<typeof smtpProbeSchema>,
  { client, signal, redactor }: Context<MailRuntime>,
): Promise<StateOf<typeof smtpProbeSchema>> {
  const variable = config.password_environment;
  const runtime = withVariables(client);
  const password = variable === null ? undefined : client.environment[variable] || undefined;
  if (password !== undefined) redactor.addCredentials(config.username ?? "", password);
  const target = targetOf(config, password);
  const redact = (text: string) => redactor.redact(text);
  const outcome =
    variable !== null && password === undefined
      ? withoutPassword(target, variable, runtime)
      : await runProbe(target, runtime, { signal, redact }, senderAlignmentOf(config));
  if (signal.aborted) throw reasonOf(signal);
  await reportToSandbox("probe", target, outcome, runtime);
  return { ...config, ...outcomeRows(outcome) };
}

function withoutPassword(target: Target, variable: string, runtime: MailRuntime): ProbeOutcome {
  const log = new StageLog(runtime.clock, (text) => text, undefined, runtime.nameOfSetting);
  log.fail(CONFIG, 0, passwordMissing(variable));
  return {
    ok: false,
    verdict: probeVerdict(target, log.stages, runtime.nameOfSetting),
    stages: log.stages,
    receivers: untried(target.to),
  };
}
