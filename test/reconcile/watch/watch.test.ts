import { reasonOf, type Clock } from "../../../lib/core/clock";
import type { Detection } from "../../../lib/reconcile/detection";
import { watch, type Rhythm, type RoundOutcome } from "../../../lib/reconcile/watch/watch";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const IN_SYNC = { verdict: "in-sync" } as Detection;

/** A clock whose time passes only while everybody waits for it. */
class WaitingClock implements Clock {
  private time = 0;
  private readonly sleepers = new Set<{ due: number; wake(): void }>();
  private turning = false;

  now = () => 1_700_000_000_000 + this.time;
  elapsed = () => this.time;

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const sleeper = { due: this.time + ms, wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", () => this.sleepers.delete(sleeper) && reject(reasonOf(signal)), {
        once: true,
      });
      this.turn();
    });
  }

  get waiting(): number {
    return this.sleepers.size;
  }

  private turn(): void {
    if (this.turning) return;
    this.turning = true;
    // Everything that can go on without time has done so.
    setImmediate(() => {
      this.turning = false;
      const next = [...this.sleepers].sort((a, b) => a.due - b.due)[0];
      if (next === undefined) return;
      this.sleepers.delete(next);
      this.time = next.due;
      next.wake();
      if (this.sleepers.size > 0) this.turn();
    });
  }
}

let clock: WaitingClock;
let stop: AbortController;
let began: number[];
let told: { outcome: RoundOutcome; ms: number; at: string }[];
beforeEach(() => {
  clock = new WaitingClock();
  stop = new AbortController();
  [began, told] = [[], []];
});

type Detect = (signal: AbortSignal, round: number) => Promise<Detection>;

const run = (detect: Detect, rhythm: Partial<Rhythm> = {}, random = () => 0.5) =>
  watch(
    {
      detect: (signal) => {
        began.push(clock.elapsed());
        return detect(signal, began.length);
      },
      done: (outcome, at, ms) => void told.push({ outcome, ms, at }),
    },
    { everyMs: HOUR, jitter: 0, timeoutMs: 15 * MINUTE, rounds: 3, ...rhythm },
    { clock, random, signal: stop.signal },
  );

const inSync: Detect = async () => IN_SYNC;
const errors = () => told.map(({ outcome }) => ("error" in outcome ? String(outcome.error) : "found"));
/** Ends when it is stopped, as what obeys its signal does. */
const endless: Detect = (signal) =>
  new Promise((_, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    signal.addEventListener("abort", () => reject(reasonOf(signal)));
  });

it("the first round begins at once, the others when they are due, however long one takes", async () => {
  await run(async (signal, round) => {
    await clock.sleep(round * MINUTE, signal);
    return IN_SYNC;
  });
  expect(began).toEqual([0, HOUR, 2 * HOUR]);
  expect(told.map(({ ms }) => ms)).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE]);
  expect(told[1]!.at).toBe(new Date(1_700_000_000_000 + HOUR).toISOString());
});

it("rounds begin earlier or later by up to the jitter", async () => {
  const random = [0, 1, 0.5].values();
  await run(inSync, { rounds: 4, jitter: 0.1 }, () => random.next().value!);
  expect(began).toEqual([0, 0.9 * HOUR, 2 * HOUR, 3 * HOUR]);
});

it("a round that throws, at once too, is told of, and the next one comes", async () => {
  await run((_, round) => {
    if (round === 1) throw new Error("at once");
    return round === 2 ? Promise.reject(new Error("later")) : Promise.resolve(IN_SYNC);
  });
  expect(errors()).toEqual(["Error: at once", "Error: later", "found"]);
});

it("a round that takes too long is stopped and unknown", async () => {
  await run((signal, round) => (round === 1 ? endless(signal, round) : inSync(signal, round)));
  expect(errors()).toEqual([expect.stringContaining("had not ended after 15 min"), "found", "found"]);
  expect(told[0]!.ms).toBe(15 * MINUTE);
});

it("what a round finds after it was stopped is not believed", async () => {
  await run(
    async (signal) => {
      await endless(signal, 1).catch(() => undefined);
      return IN_SYNC;
    },
    { rounds: 1 },
  );
  expect(errors()).toEqual([expect.stringContaining("had not ended after 15 min")]);
});

it("a round that nobody can stop holds up no other, and none begins beside it", async () => {
  let free = () => {};
  const stuck = new Promise<Detection>((resolve) => (free = () => resolve(IN_SYNC)));
  await run(
    (_, round) => (round === 1 ? stuck : inSync(_, round)),
    { rounds: 4, everyMs: HOUR },
    () => {
      // Before the third is due.
      if (told.length === 2) free();
      return 0.5;
    },
  );
  expect(began).toEqual([0, 2 * HOUR, 3 * HOUR]);
  expect(errors()).toEqual([
    expect.stringContaining("nor when it was stopped"),
    expect.stringContaining("nobody looked: the round of 2023-11-14T22:13:20.000Z has still not ended"),
    "found",
    "found",
  ]);
  expect(told[0]!.ms).toBe(15 * MINUTE + 30 * SECOND);
});

it("rounds that are longer than their rhythm do not overlap, and those that were due meanwhile are left out", async () => {
  let running = 0;
  await run(
    async (signal) => {
      expect((running += 1)).toBe(1);
      await clock.sleep(25 * MINUTE, signal);
      running -= 1;
      return IN_SYNC;
    },
    { everyMs: 10 * MINUTE, timeoutMs: HOUR },
  );
  expect(began).toEqual([0, 30 * MINUTE, 60 * MINUTE]);
});

it("stopped between two rounds it ends well, and waits for nothing", async () => {
  const watching = run(inSync, { rounds: 1_000_000 }, () => {
    // The round is over; the watch is about to wait for the next.
    if (told.length === 2) setImmediate(() => stop.abort(new Error("stopped by SIGTERM")));
    return 0.5;
  });
  await watching;
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(clock.waiting).toBe(0);
});

it("stopped within a round it rejects when the round has ended, and does not tell of it", async () => {
  let cleanedUp = false;
  const watching = run(async (signal) => {
    stop.abort(new Error("stopped by SIGTERM"));
    await endless(signal, 1).catch(() => undefined);
    await clock.sleep(5 * SECOND);
    cleanedUp = true;
    return IN_SYNC;
  });
  await expect(watching).rejects.toThrow("stopped by SIGTERM");
  expect([cleanedUp, told]).toEqual([true, []]);
});

it("stopped within a round that does not end, it does not wait for ever", async () => {
  const watching = run(() => {
    stop.abort(new Error("stopped by SIGTERM"));
    return new Promise(() => undefined);
  });
  await expect(watching).rejects.toThrow("stopped by SIGTERM");
  expect(clock.elapsed()).toBe(30 * SECOND);
});

it("stopped before it began, it begins nothing", async () => {
  stop.abort(new Error("stopped by SIGTERM"));
  await expect(run(inSync)).rejects.toThrow("stopped by SIGTERM");
  expect(began).toEqual([]);
});

it("leaves nobody listening to what stops it, and nobody waiting", async () => {
  const added = jest.spyOn(stop.signal, "addEventListener");
  const removed = jest.spyOn(stop.signal, "removeEventListener");
  await run((signal, round) => (round % 3 === 0 ? endless(signal, round) : inSync(signal, round)), { rounds: 9 });
  // The clock of this test removes none.
  expect(added.mock.calls.length - removed.mock.calls.length).toBe(8);
  expect(clock.waiting).toBe(0);
});

it("what cannot be told of ends it", async () => {
  const watching = watch(
    {
      detect: async () => IN_SYNC,
      done: () => {
        throw new Error("a defect");
      },
    },
    { everyMs: HOUR, jitter: 0, timeoutMs: HOUR },
    { clock, random: () => 0.5, signal: stop.signal },
  );
  await expect(watching).rejects.toThrow("a defect");
});
