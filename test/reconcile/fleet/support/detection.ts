import type { Detection } from "../../../../lib/reconcile/detection";

/** A detection of a stack that has nothing, and what a test needs of it. */
export const detection = (stack: string, more: Partial<Detection> = {}): Detection => ({
  format: "outbound-detection/1",
  stack,
  detectedAt: "2026-11-29T07:00:00.000Z",
  configHash: "sha256:1",
  planHash: "sha256:2",
  verdict: "in-sync",
  summary: "1 in sync",
  entries: [{ bucket: "in-sync", type: "outbound_ovh_vrops_flow", kind: "flow", address: "outbound_ovh_vrops_flow.x" }],
  coverage: [],
  receivers: { managed: 0, total: 0 },
  followUps: [],
  ...more,
});

export const drifted = (stack: string): Detection =>
  detection(stack, {
    verdict: "drift",
    summary: "1 missing",
    entries: [
      {
        bucket: "missing",
        type: "outbound_ovh_vrops_flow",
        kind: "flow",
        address: "outbound_ovh_vrops_flow.x",
        reason: "gone",
      },
    ],
  });

const relay = {
  kind: "certificate",
  paths: ["outbound_test_email.t"],
  subject: "certificate CN=relay | @all of smtp.example.com:587",
  state: "near",
  at: "2026-12-10T00:00:00.000Z",
  fix: "Renew it.",
} as const;

/** The certificate of the relay that all of a fleet use. */
export const ending = (stack: string): Detection =>
  detection(stack, { verdict: "ending", horizon: { until: "2026-12-29T07:00:00.000Z", endings: [relay] } });
