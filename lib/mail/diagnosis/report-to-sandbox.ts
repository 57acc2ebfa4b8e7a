import { isLoopback } from "../wire/loopback";
import type { ProbeRuntime } from "../wire/probe-runtime";
import type { Stage } from "../stage/stage";
import type { Target } from "../smtp/target";
import type { ReceiverResult } from "./receiver-result";
import type { TestOutcome } from "./outcome";

/** What ran: the test mail of a deployment, `outbound send`, or a probe, which sends nothing. */
export type TestKind = "test-email" | "send" | "probe";

/** A test as it is reported to the sandbox: `POST /_sandbox/tests`. */
export interface TestReport {
  readonly kind: TestKind;
  /** The id in the subject of the mail; probes have none. */
  readonly id?: string;
  /** ISO 8601. */
  readonly testedAt: string;
  readonly target: { readonly host: string; readonly port: number; readonly security: string };
  readonly from: string;
  readonly to: readonly string[];
  readonly ok: boolean;
  readonly verdict: string;
  readonly stages: readonly ReportedStage[];
  readonly receivers: readonly ReceiverResult[];
  readonly messageId?: string;
  /** ISO 8601. */
  readonly certificateExpiresAt?: string;
  readonly arrival?: TestOutcome["arrival"];
}

export interface ReportedStage extends Omit<Stage, "problem"> {
  /** Code of the problem: `mail/connection-refused`. */
  readonly code?: string;
}

/** The reported parts of an outcome; probes and test mails have both. */
export type Reportable = Pick<TestOutcome, "ok" | "verdict" | "stages"> & Partial<TestOutcome>;

/** A sandbox that has gone must not delay a deployment. */
const PATIENCE_MS = 500;

/**
 * Shows the outcome on the sandbox's page, when `OUTBOUND_SANDBOX_URL` names a sandbox of this machine; does nothing
 * otherwise. The outcome is redacted already, and the login is left out. Never rejects: the report must not affect the
 * test.
 */
export async function reportToSandbox(
  kind: TestKind,
  target: Target,
  outcome: Reportable,
  runtime: Pick<ProbeRuntime, "clock" | "environment">,
): Promise<void> {
  const url = sandboxUrl(runtime.environment["OUTBOUND_SANDBOX_URL"]);
  if (url === undefined) return;
  const testedAt = outcome.testedAt ?? new Date(runtime.clock.now()).toISOString();
  await post(url, JSON.stringify(reportOf(kind, target, { ...outcome, testedAt })));
}

/** Undefined for everything that is not on this machine: nobody else may learn where mail goes and why it fails. */
function sandboxUrl(text: string | undefined): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL("/_sandbox/tests", text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return url.protocol === "http:" && isLoopback(host) ? url : undefined;
}

function reportOf(kind: TestKind, target: Target, outcome: Reportable & Pick<TestReport, "testedAt">): TestReport {
  const { id, testedAt, ok, verdict, stages, receivers = [], messageId, certificateExpiresAt, arrival } = outcome;
  return {
    kind,
    id,
    testedAt,
    target: { host: target.host, port: target.port, security: target.security },
    from: target.from,
    to: target.to,
    ok,
    verdict,
    stages: stages.map(({ name, status, durationMs, detail, remedy, problem }) => ({
      name,
      status,
      durationMs,
      detail,
      remedy,
      code: problem?.code,
    })),
    receivers,
    messageId,
    certificateExpiresAt,
    arrival: arrival && { folder: arrival.folder, junk: arrival.junk, latencyMs: arrival.latencyMs },
  };
}

async function post(url: URL, body: string): Promise<void> {
  const { request } = await import("node:http");
  await new Promise<void>((resolve) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const call = request(url, { method: "POST", headers, agent: false }, (response) => {
      response.resume();
      response.once("close", done);
    });
    // Not the socket's own time-out: that restarts with every byte.
    const patience = setTimeout(() => call.destroy(), PATIENCE_MS);
    function done() {
      clearTimeout(patience);
      resolve();
    }
    call.once("error", done);
    call.once("close", done);
    call.end(body);
  });
}
