import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import type { ProblemError } from "../../core/problem";
import { timeoutSignal } from "../../core/signals";
import { CallError } from "../kit/rest-api";
import type { AlertOpsClient } from "./client";
import type { Alert } from "./contract";
import { testMessage } from "./test-message";
import { noIntegration, testNotClosed, testNotFound, testNotTaken } from "./errors";

/** AlertOps processes alerts from a queue, so they appear late. */
const LOOKS = 10;
const BETWEEN_LOOKS_MS = 1_000;
const CLOSING_MS = 10_000;

/**
 * Opens an alert through the integration's URL, finds it in AlertOps and closes it. It may page people, so it runs only when
 * the provider's settings allow it.
 */
export async function platformTest(client: AlertOpsClient, request: PlatformTestRequest): Promise<PlatformTestResult> {
  const { id, signal } = request;
  if (!client.testAlerts) {
    return {
      status: "unavailable",
      detail:
        "a test alert may page people; opt in with alertops = { test_alerts = true } in the provider block, or ALERTOPS_TEST_ALERTS=true",
    };
  }
  const held = await client.integrations.find(id, { signal });
  if (held === undefined) return { status: "failed", problem: noIntegration(id) };
  const url = client.urlOf(held)?.url;
  if (url === undefined) {
    return { status: "unavailable", detail: "AlertOps does not tell the integration's URL; see api_url_source" };
  }
  const { clock, random } = client.runtime;
  const sourceId = `outbound-test-${Math.floor(random() * 16 ** 8).toString(16)}-${clock.now().toString(36)}`;
  const since = new Date(clock.now()).toISOString().slice(0, 10);
  const send = (status: "open" | "close", until = signal) =>
    client.post(url, testMessage(held, status, sourceId), until);
  const look = (wanted: (alert: Alert) => boolean) => lookFor(client, sourceId, since, wanted, signal);

  let found = false;
  try {
    await send("open");
    found = await look(() => true);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { status: "failed", problem: testNotTaken(evidenceOf(error)) };
  } finally {
    // Also after a failure or an abort: a test must not keep anybody awake.
    await send("close", timeoutSignal(CLOSING_MS)).catch(() => undefined);
  }
  if (!found) return { status: "failed", problem: testNotFound(sourceId) };
  if (!(await look(isClosed))) return { status: "failed", problem: testNotClosed(sourceId) };
  return { status: "passed", detail: `a test alert (source_id ${sourceId}) was opened, found in AlertOps and closed` };
}

async function lookFor(
  client: AlertOpsClient,
  sourceId: string,
  since: string,
  wanted: (alert: Alert) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  for (let look = 1; ; look++) {
    const alert = await client.alertOf(sourceId, since, signal);
    if (alert !== undefined && wanted(alert)) return true;
    if (look === LOOKS) return false;
    await client.runtime.clock.sleep(BETWEEN_LOOKS_MS, signal);
  }
}

const isClosed = ({ status, closed_date }: Alert) => !!closed_date || /^closed?$/i.test(status ?? "");

const evidenceOf = (error: ProblemError) => error.problems[0]?.evidence ?? error.problems[0]?.summary ?? "";
