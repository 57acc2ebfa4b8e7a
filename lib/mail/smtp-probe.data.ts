import { reasonOf } from "../core/clock";
import type { DataSource } from "../terraform-plugin/resource";
import { passwordMissing } from "./errors";
import { untried } from "./receiver";
import { stageRows } from "./report";
import { reportToSandbox } from "./report-to-sandbox";
import { runProbe, type ProbeOutcome } from "./run-test";
import type { MailRuntime } from "./runtime";
import type { Security } from "./security";
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
    const target: Target = {
      host: config.smtp_host,
      port: config.smtp_port,
      security: config.security as Security,
      ...(config.username === null ? {} : { login: { username: config.username, password: password ?? "" } }),
      ...(config.ca_certificate === null ? {} : { ca: config.ca_certificate }),
      ...(config.declared_flows === null ? {} : { declaredFlows: config.declared_flows }),
      from: config.from_address,
      to: config.to ?? [],
      timeoutMs: config.timeout_seconds * 1000,
    };
    const redact = (text: string) => redactor.redact(text);
    const outcome =
      variable !== null && password === undefined
        ? withoutPassword(target, variable, client)
        : await runProbe(target, client, { signal, redact });
    if (signal.aborted) throw reasonOf(signal);
    await reportToSandbox("probe", target, outcome, client);
    return { ...config, ok: outcome.ok, verdict: outcome.verdict, stages: stageRows(outcome.stages) };
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
