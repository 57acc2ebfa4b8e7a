import { readBack } from "../../../lib/systems/kit/read-back";

const { signal } = new AbortController();

/** Reads these one by one, the last one again and again; a look takes its time. */
function world(readings: readonly number[], lookMs = 0) {
  let now = 1_000;
  const waits: number[] = [];
  let looks = 0;
  const clock = { now: () => now, sleep: async (ms: number) => void (waits.push(ms), (now += ms)) };
  const read = async () => {
    now += lookMs;
    return readings[Math.min(looks++, readings.length - 1)]!;
  };
  return {
    waits,
    looks: () => looks,
    read: (withinMs?: number) =>
      readBack({ clock, signal, ...(withinMs !== undefined && { withinMs }) }, read, (value) => value === 7),
  };
}

it("gives what was last seen when it never becomes right, after a minute and no more", async () => {
  const { read, waits } = world([1, 2]);
  expect(await read()).toEqual({ value: 2, right: false });
  expect(waits.slice(0, 6)).toEqual([200, 400, 800, 1_600, 3_200, 5_000]);
  expect(Math.max(...waits)).toBe(5_000);
  expect(waits.reduce((sum, one) => sum + one, 0)).toBe(60_000);
});

it("looks once more when its time is over: it may have become right while it waited", async () => {
  const late = world([1, 1, 7]);
  expect(await late.read(500)).toEqual({ value: 7, right: true });
  expect(late.waits).toEqual([200, 300]);
});

it("waits no longer than there is time, also where looking takes some of it", async () => {
  const slow = world([1], 300);
  expect(await slow.read(1_000)).toEqual({ value: 1, right: false });
  expect(slow.waits).toEqual([200, 200]);
  const once = world([1], 1_000);
  await once.read(1_000);
  expect([once.looks(), once.waits]).toEqual([1, []]);
});

it("does not wait for what is right", async () => {
  const { read, waits, looks } = world([7]);
  expect(await read()).toEqual({ value: 7, right: true });
  expect([waits, looks()]).toEqual([[], 1]);
});

it("ends with whatever reading or waiting ends with", async () => {
  const clock = { now: () => 0, sleep: () => Promise.reject(new Error("told to stop")) };
  await expect(
    readBack(
      { clock, signal },
      async () => 1,
      () => false,
    ),
  ).rejects.toThrow("told to stop");
  await expect(
    readBack(
      { clock, signal },
      () => Promise.reject(new Error("closed")),
      () => true,
    ),
  ).rejects.toThrow("closed");
});
