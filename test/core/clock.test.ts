import { getEventListeners } from "node:events";
import { elapsed, reasonOf, systemClock } from "../../lib/core/clock";

describe("a sleep", () => {
  it("that is told to stop ends with the reason, at once", async () => {
    const stop = new AbortController();
    const asleep = systemClock.sleep(60_000, stop.signal);
    stop.abort(new Error("told to stop"));
    await expect(asleep).rejects.toThrow("told to stop");
    await expect(systemClock.sleep(60_000, stop.signal)).rejects.toThrow("told to stop");
  });

  it("that has ended leaves nobody listening", async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(1, signal);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await expect(systemClock.sleep(0)).resolves.toBeUndefined();
  });
});

it("what has passed is told by what nobody sets, where the clock has that", () => {
  expect(elapsed({ now: () => 5, elapsed: () => 0 })).toBe(0);
  expect(elapsed({ now: () => 5 })).toBe(5);
  expect(Number.isInteger(elapsed(systemClock))).toBe(true);
  const before = elapsed(systemClock);
  expect(elapsed(systemClock)).toBeGreaterThanOrEqual(before);
  expect(elapsed(systemClock) - before).toBeLessThan(60_000);
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
});

it.each([
  [new Error("enough"), "enough"],
  ["Ctrl-C", "Ctrl-C"],
  [null, "aborted"],
])("a reason is an error, whatever was given: %s", (given, message) => {
  const signal = AbortSignal.abort(given);
  expect(reasonOf(signal)).toBeInstanceOf(Error);
  expect(reasonOf(signal).message).toBe(message);
});
