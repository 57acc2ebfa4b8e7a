import type { Clock } from "../../../lib/core/clock";
import { THROTTLE_MS, throttle } from "../../../lib/mail/diagnosis/throttle";

/** A clock that jumps to the end of each sleep and keeps what was slept. */
function jumpingClock() {
  let now = 1_000_000;
  const slept: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
  return { clock, slept, advance: (ms: number) => (now += ms) };
}

const signal = new AbortController().signal;
const server = { host: "smtp.example.com", port: 587, to: ["a@example.com", "b@example.com"] };

it("lets the first mail go at once and makes the next one to the same server and receivers wait", async () => {
  const { clock, slept } = jumpingClock();
  expect(await throttle(server, clock, signal)).toBe(0);
  expect(slept).toEqual([]);
  const sameButForOrderAndCase = { ...server, host: "SMTP.example.com", to: [...server.to].reverse() };
  expect(await throttle(sameButForOrderAndCase, clock, signal)).toBe(THROTTLE_MS);
  expect(slept).toEqual([THROTTLE_MS]);
});

it("spreads mails that ask at the same time", async () => {
  const { clock } = jumpingClock();
  const still: Clock = { now: clock.now, sleep: async () => undefined };
  const waits = await Promise.all([1, 2, 3].map(() => throttle(server, still, signal)));
  expect(waits).toEqual([0, THROTTLE_MS, 2 * THROTTLE_MS]);
});

it("lets other receivers, servers and later mails pass", async () => {
  const { clock, slept, advance } = jumpingClock();
  await throttle(server, clock, signal);
  await throttle({ ...server, to: ["c@example.com"] }, clock, signal);
  await throttle({ ...server, port: 25 }, clock, signal);
  advance(THROTTLE_MS);
  await throttle(server, clock, signal);
  expect(slept).toEqual([]);
});
