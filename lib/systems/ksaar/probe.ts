import { ProblemError, type Problem } from "../../core/problem";
import type { SmtpProbeRequest } from "../../core/smtp-probe";
import type { KsaarClient } from "./client";
import { declarationOf } from "./declaration";
import { writable } from "./digest";
import { probeFailed, probeWarns } from "./errors";
import type { SmtpConnectionState } from "./smtp-connection.schema";

const TIMEOUT_MS = 60_000;
const NOT_PROBED = 'not verified: verify is "off", the SMTP server was not asked';

/** Probes the SMTP server exactly as Ksaar will use it, from this machine; reports what was proved. */
export async function verify(
  state: SmtpConnectionState,
  password: string | null,
  client: KsaarClient,
  signal: AbortSignal,
  report: (problem: Problem) => void,
): Promise<string> {
  if (state.verify === "off") return NOT_PROBED;
  const result = await client.probe(probeRequest(state, password), signal);
  if (!result.ok) {
    const severity = state.verify === "warn" ? "warning" : "error";
    const problem = probeFailed(state.name, result, severity);
    if (severity === "error") throw new ProblemError(problem);
    report(problem);
  }
  for (const stage of result.stages) if (stage.status === "warning") report(probeWarns(state.name, stage));
  return result.verdict;
}

/** The settings that the probe depends on: while they are the same, nothing needs to be proved again. */
export function probedSettings(state: SmtpConnectionState): string {
  return JSON.stringify([probeRequest(state, null), writable(state.password_wo_version), state.verify === "off"]);
}

function probeRequest(state: SmtpConnectionState, password: string | null): SmtpProbeRequest {
  const { host, port, secure, username, authentication, sender } = declarationOf(state);
  return {
    host,
    port,
    security: secure ? "tls" : "starttls-if-offered",
    ...(username === null ? {} : { login: { username, password: password ?? "", mechanism: authentication } }),
    ...(state.ca_certificate === null ? {} : { ca: state.ca_certificate }),
    from: sender,
    timeoutMs: TIMEOUT_MS,
  };
}
