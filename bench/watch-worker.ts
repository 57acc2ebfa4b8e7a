// Thousands of rounds of outbound watch on a clock that jumps, in a process of its own whose garbage can be collected.
import { Rounds } from "../lib/cli/watch/rounds";
import type { Surroundings } from "../lib/cli/surroundings";
import { reasonOf, type Clock } from "../lib/core/clock";
import { Redactor } from "../lib/core/redaction";
import { whenAborted } from "../lib/core/signals";
import { DETECTION_FORMAT, type Detection } from "../lib/reconcile/detection";
import { HistoryFile } from "../lib/reconcile/history/history-file";
import { watch } from "../lib/reconcile/watch/watch";
import { EARLY, LATE, type Heap } from "./watch";

const HOUR_MS = 3_600_000;

let time = Date.UTC(2026, 0, 1);
const clock: Clock = {
  now: () => time,
  // The pause between rounds is over at once; what limits a round waits for its end.
  sleep: (ms, signal) => {
    if (ms > HOUR_MS / 2) return Promise.resolve(void (time += ms));
    return new Promise((_, reject) => whenAborted(signal!, () => reject(reasonOf(signal!))));
  },
};

let round = 0;
const heap: Record<number, number> = {};

async function detect({ redactor }: Surroundings): Promise<Detection> {
  round += 1;
  if (round === EARLY || round === LATE) {
    global.gc!();
    heap[round] = process.memoryUsage().heapUsed;
  }
  // A login of its own, as systems give one for each run.
  redactor.addCredentials("alerts", `a token of round ${round}`);
  if (round % 10 === 0) throw new Error(`nobody answers in round ${round}`);
  const isBroken = round % 7 === 0;
  const stage = {
    name: "AUTH",
    kind: "AUTH",
    status: isBroken ? "failed" : "passed",
    durationMs: round % 900,
    detail: "",
  };
  return {
    format: DETECTION_FORMAT,
    stack: "alerts",
    detectedAt: new Date(time).toISOString(),
    configHash: "sha256:0",
    planHash: "sha256:0",
    verdict: isBroken ? "broken" : "in-sync",
    summary: `round ${round}`,
    entries: [],
    coverage: [],
    receivers: { managed: 0, total: 0 },
    followUps: [],
    proof: {
      mode: "probe",
      chains: Array.from({ length: 10 }, (_, index) => ({
        address: `outbound_test_email.test[${index}]`,
        how: "probe",
        state: isBroken ? "broken" : "through",
        verdict: `what round ${round} says`,
        stages: [stage],
        receivers: [],
        certificates: [],
        leftOut: [],
      })),
    },
  };
}

const surroundings: Surroundings = {
  out: () => undefined,
  print: () => undefined,
  err: () => undefined,
  environment: {},
  homeDirectory: "/nowhere",
  workingDirectory: "/nowhere",
  nodeVersion: process.versions.node,
  platform: process.platform,
  watched: false,
  redactor: new Redactor(),
  clock,
  interrupted: new AbortController().signal,
};
const history = new HistoryFile(process.argv[2]!, { rounds: 1_000, bytes: 1_000 * 1_024 });
const rounds = new Rounds({ name: "alerts", stacks: ["alerts"], detect }, surroundings, history);
const rhythm = { everyMs: HOUR_MS, jitter: 0.1, rounds: LATE, timeoutMs: HOUR_MS / 4 };
void watch(rounds, rhythm, { clock, random: Math.random, signal: surroundings.interrupted }).then(() => {
  process.send!(heap satisfies Heap);
  process.disconnect();
});
