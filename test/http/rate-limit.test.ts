import type { Clock } from "../../lib/core/clock";
import { withTimeout } from "../../lib/core/signals";
import { PausedTooLong, RateLimiter } from "../../lib/http/rate-limit";
import type { HttpResponse } from "../../lib/http/types";

const TOO_MANY: HttpResponse = { status: 429, headers: {}, data: undefined, text: "" };

const signal = new AbortController().signal;
const turn = () => new Promise(setImmediate);

/** Time passes only when told. */
function manualClock() {
  let now = 0;
  let sleepers: { at: number; wake(): void }[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: (ms, abort) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        abort?.addEventListener("abort", () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(new Error("aborted"));
        });
      }),
  };
  const pass = async (ms: number) => {
    now += ms;
    const due = sleepers.filter(({ at }) => at <= now);
    sleepers = sleepers.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
    await turn();
  };
  return { clock, pass, sleeping: () => sleepers.length };
}

function queue(limiter: RateLimiter, count: number, abort = signal) {
  const started: number[] = [];
  for (let index = 0; index < count; index++) {
    limiter.acquire(abort).then(
      () => started.push(index),
      () => undefined,
    );
  }
  return started;
}

test("no more at once than allowed, in the order of asking", async () => {
  const limiter = new RateLimiter(manualClock().clock, 2, undefined);
  const started = queue(limiter, 4);
  await turn();
  expect(started).toEqual([0, 1]);
  limiter.release();
  await turn();
  expect(started).toEqual([0, 1, 2]);
});

test("no more a second than allowed", async () => {
  const { clock, pass } = manualClock();
  const started = queue(new RateLimiter(clock, 10, 4), 4);
  await turn();
  expect(started).toEqual([0]);
  await pass(249);
  expect(started).toEqual([0]);
  await pass(1);
  expect(started).toEqual([0, 1]);
  await pass(250);
  expect(started).toEqual([0, 1, 2]);
});

test("a pause holds back everybody, and a longer one stays", async () => {
  const { clock, pass } = manualClock();
  const limiter = new RateLimiter(clock, 10, undefined);
  limiter.pause(1_000, TOO_MANY);
  limiter.pause(10, TOO_MANY);
  const started = queue(limiter, 2);
  await pass(999);
  expect(started).toEqual([]);
  await pass(1);
  expect(started).toEqual([0, 1]);
});

test.each([-86_400_000, 86_400_000])(
  "a pause lasts no longer and no shorter when the machine's clock is set by %d ms",
  async (ms) => {
    const { clock, pass } = manualClock();
    let set = 0;
    const limiter = new RateLimiter({ ...clock, now: () => clock.now() + set, elapsed: clock.now }, 10, undefined);
    limiter.pause(1_000, TOO_MANY);
    const started = queue(limiter, 1);
    set = ms;
    await pass(999);
    expect(started).toEqual([]);
    await pass(1);
    expect(started).toEqual([0]);
  },
);

test("who is told to stop leaves the queue, and nothing keeps ticking", async () => {
  const { clock, sleeping } = manualClock();
  const limiter = new RateLimiter(clock, 1, undefined);
  limiter.pause(60_000, TOO_MANY);
  const stop = new AbortController();
  const started = queue(limiter, 3, stop.signal);
  await turn();
  expect(sleeping()).toBe(1);
  stop.abort();
  await turn();
  expect(started).toEqual([]);
  expect(sleeping()).toBe(0);
});

describe("a pause that is longer than somebody has time", () => {
  const hurried = () => withTimeout(undefined, 30_000);
  const kindOf = (promise: Promise<void>) =>
    promise.then(
      () => "entered",
      (error: unknown) => (error instanceof PausedTooLong ? error.response : error),
    );

  test("is told at once to who comes, and to who waits already", async () => {
    const { clock, pass } = manualClock();
    const limiter = new RateLimiter(clock, 1, undefined);
    await limiter.acquire(signal);
    const waiting = kindOf(limiter.acquire(hurried()));
    const patient = queue(limiter, 1);
    limiter.pause(60_000, TOO_MANY);
    expect(await waiting).toBe(TOO_MANY);
    expect(await kindOf(limiter.acquire(hurried()))).toBe(TOO_MANY);

    limiter.release();
    await pass(60_000);
    expect(patient).toEqual([0]);
  });

  test("is waited for by who has the time", async () => {
    const { clock, pass } = manualClock();
    const limiter = new RateLimiter(clock, 1, undefined);
    limiter.pause(10_000, TOO_MANY);
    const waiting = kindOf(limiter.acquire(hurried()));
    await pass(10_000);
    expect(await waiting).toBe("entered");
  });
});
