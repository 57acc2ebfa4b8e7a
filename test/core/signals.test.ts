import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "../../lib/core/clock";
import {
  firstOf,
  isTimeout,
  Overdue,
  remainingMs,
  timeoutSignal,
  whenAborted,
  withTimeout,
} from "../../lib/core/signals";
import { Snapshot } from "../../lib/http/snapshot";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe("a signal of which nobody holds the sources", () => {
  it.each([
    ["a time-out", () => timeoutSignal(60)],
    ["a signal with a time-out", () => withTimeout(new AbortController().signal, 60)],
    [
      "the first of a signal with a time-out and another",
      () => firstOf([withTimeout(undefined, 60), new AbortController().signal]),
    ],
  ])("aborts all the same after garbage collection: %s", async (_what, make) => {
    const signal = make();
    // What this turn has touched is not collected in it.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const reason = new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
      if (signal.aborted) resolve(signal.reason);
    });
    await expect(reason).resolves.toMatchObject({ name: "TimeoutError" });
  });

  it("aborts with a source that was collected", async () => {
    let source: AbortController | undefined = new AbortController();
    const signal = firstOf([source.signal]);
    source.abort(new Error("told to stop"));
    source = undefined;
    collectGarbage();
    expect(signal.reason).toEqual(new Error("told to stop"));
  });
});

it("a signal with a time-out aborts with the given one, and at once with one that has aborted", async () => {
  const stop = new AbortController();
  const signal = withTimeout(stop.signal, 60_000);
  expect(signal.aborted).toBe(false);
  stop.abort("enough");
  expect(signal.reason).toBe("enough");
  expect(withTimeout(stop.signal, 60_000).reason).toBe("enough");
});

it("the first of several aborts with the first, and is not told of the others", () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const signal = firstOf([one.signal, two.signal]);
  two.abort("second");
  one.abort("first");
  expect(signal.reason).toBe("second");
  expect(firstOf([one.signal, new AbortController().signal]).reason).toBe("first");
  expect(firstOf([]).aborted).toBe(false);
});

describe("the time that a signal leaves", () => {
  const never = new AbortController().signal;

  it.each([
    ["its own time-out", () => timeoutSignal(10_000)],
    ["a signal's, which ends before its own", () => withTimeout(timeoutSignal(10_000), 60_000)],
    ["its own, which ends before that of its signal", () => withTimeout(timeoutSignal(60_000), 10_000)],
    ["its own, where the signal has none", () => withTimeout(never, 10_000)],
    ["that of the first of several", () => firstOf([timeoutSignal(60_000), never, timeoutSignal(10_000)])],
  ])("is %s", (_what, make) => {
    const left = remainingMs(make());
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  it("has no end where nothing ends it", () => {
    expect([remainingMs(never), remainingMs(firstOf([never]))]).toEqual([Infinity, Infinity]);
  });
});

it.each([
  [new DOMException("", "TimeoutError"), true],
  [new Overdue("a reply"), true],
  [new DOMException("", "AbortError"), false],
  [new Error("TimeoutError"), false],
  ["TimeoutError", false],
  [null, false],
  [undefined, false],
])("%s is what a time-out aborts with: %s", (reason, expected) => {
  expect(isTimeout(reason)).toBe(expected);
});

it("a time-out may say what was waited for", () => {
  expect(new Overdue("a reply").message).toBe("a reply");
});

it("a time-out longer than a timer can be does not fire at once", async () => {
  const signal = timeoutSignal(2 ** 40);
  await new Promise((resolve) => setImmediate(resolve));
  expect(signal.aborted).toBe(false);
});

describe("many who wait with one signal", () => {
  it("need no warning of a leak, and leave nothing behind that listens", async () => {
    const warnings: Error[] = [];
    const heed = (warning: Error) => void warnings.push(warning);
    process.on("warning", heed);
    const { signal } = new AbortController();
    const snapshot = new Snapshot(async () => new Promise((resolve) => setImmediate(resolve)));
    const waits = Array.from({ length: 20 }, () => [snapshot.get(signal), systemClock.sleep(1, signal)]).flat();
    expect(getEventListeners(signal, "abort")).toHaveLength(40);
    await Promise.all(waits);
    // Node warns after what is under way.
    await new Promise(setImmediate);
    process.off("warning", heed);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it("are told once when it aborts, and not when they no longer wait", () => {
    const stop = new AbortController();
    const [told, gone] = [jest.fn(), jest.fn()];
    whenAborted(stop.signal, told);
    whenAborted(stop.signal, gone)();
    stop.abort();
    expect([told.mock.calls.length, gone.mock.calls.length]).toEqual([1, 0]);
  });
});
