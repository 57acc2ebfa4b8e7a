import { reasonOf } from "../core/clock";
import type { DataSource } from "../terraform-plugin/resource";
import { senderAlignmentOf, targetOf } from "./declared";
import { passwordMissing } from "./errors";
import { untried } from "./receiver";
import { receiverRows, stageRows } from "./report";
import { reportToSandbox } from "./report-to-sandbox";
import { runProbe, type ProbeOutcome } from "./run-test";
import type { MailRuntime } from "./runtime";
import { smtpProbeSchema } from "./smtp-probe.schema";
import { CONFIG } from "./stage";
import { StageLog } from "./stage-log";
import type { Target } from "./target";
import { probeVerdict } from "./verdict";

/** The diagnosis as a data source: it never fails the run, it reports. */
export const smtpProbeData: DataSource<typeof smtpProbeSchema, MailRuntime> = {
  schema: smtpProbeSchema,

  async read(config, { client, signal, redactor }) {
    const variable = config.password_environment;
    const password = variable === null ? undefined : client.environment[variable] || undefined;
    if (password !== undefined) redactor.addCredentials(config.username ?? "", password);
    const target = targetOf(config, password);
    const redact = (text: string) => redactor.redact(text);
    const outcome =
      variable !== null && password === undefined
        ? withoutPassword(target, variable, client)
        : await runProbe(target, client, { signal, redact }, senderAlignmentOf(config));
    if (signal.aborted) throw reasonOf(signal);
    await reportToSandbox("probe", target, outcome, client);
    return {
      ...config,
      ok: outcome.ok,
      verdict: outcome.verdict,
      stages: stageRows(outcome.stages),
      receivers: receiverRows(outcome.receivers),
      certificate_expires_at: outcome.certificateExpiresAt ?? null,
    };
  },
};

function withoutPassword(target: Target, variable: string, runtime: MailRuntime): ProbeOutcome {
  const log = new StageLog(runtime.clock, (text) => text);
  log.fail(CONFIG, 0, passwordMissing(variable));
  return {
    ok: false,
    verdict: probeVerdict(target, log.stages),
    stages: log.stages,
    receivers: untried(target.to),
  };
}
