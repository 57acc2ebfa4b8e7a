import { ROUND_FORMAT, type Round, type RoundChain } from "../../../../lib/reconcile/history/round";

const HOUR_MS = 3_600_000;
const BEGIN = Date.parse("2026-11-01T00:00:00.000Z");

/** The round of that hour. */
export const roundAt = (hour: number, more: Partial<Round> = {}): Round => ({
  format: ROUND_FORMAT,
  at: new Date(BEGIN + hour * HOUR_MS).toISOString(),
  stack: "alerts",
  verdict: "in-sync",
  exitCode: 0,
  summary: "2 in sync",
  seconds: 2.25,
  chains: [chain()],
  ...more,
});

export const chain = (more: Partial<RoundChain> = {}): RoundChain => ({
  address: "outbound_test_email.test",
  how: "probe",
  state: "through",
  seconds: 0.5,
  ...more,
});

export const brokenAt = (hour: number, stage = "AUTH"): Round =>
  roundAt(hour, {
    verdict: "broken",
    exitCode: 4,
    summary: "1 broken, 1 in sync",
    chains: [chain({ state: "broken", failedStage: stage })],
  });
