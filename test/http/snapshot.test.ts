import { Overdue } from "../../lib/core/signals";
import { Snapshot } from "../../lib/http";

const signal = new AbortController().signal;

/** Loads that end when told. */
function scripted() {
  const loads: { resolve(value: string): void; reject(error: Error): void; signal: AbortSignal }[] = [];
  const snapshot = new Snapshot<string>(
    (stop) => new Promise((resolve, reject) => loads.push({ resolve, reject, signal: stop })),
  );
  return { snapshot, loads };
}

test("everybody who asks shares one reading, also later", async () => {
  const { snapshot, loads } = scripted();
  const both = Promise.all([snapshot.get(signal), snapshot.get(signal)]);
  loads[0]!.resolve("a");
  expect(await both).toEqual(["a", "a"]);
  expect(await snapshot.get(signal)).toBe("a");
  expect(loads).toHaveLength(1);
});

test("a reading begun before a write is never handed out after it", async () => {
  const { snapshot, loads } = scripted();
  const early = snapshot.get(signal);
  snapshot.invalidate();
  const late = snapshot.get(signal);
  loads[1]!.resolve("new");
  loads[0]!.resolve("old");
  expect(await early).toBe("old");
  expect(await late).toBe("new");
  expect(await snapshot.get(signal)).toBe("new");
});

test("a reading that failed is not kept", async () => {
  const { snapshot, loads } = scripted();
  const failed = snapshot.get(signal);
  loads[0]!.reject(new Error("unreachable"));
  await expect(failed).rejects.toThrow("unreachable");
  const again = snapshot.get(signal);
  loads[1]!.resolve("a");
  expect(await again).toBe("a");
});

test("one who stops waiting takes nothing from the others; the last one ends the reading", async () => {
  const { snapshot, loads } = scripted();
  const [one, other] = [new AbortController(), new AbortController()];
  const [first, second] = [snapshot.get(one.signal), snapshot.get(other.signal)];
  one.abort(new Error("stopped"));
  await expect(first).rejects.toThrow("stopped");
  expect(loads[0]!.signal.aborted).toBe(false);
  other.abort(new Error("stopped too"));
  await expect(second).rejects.toThrow("stopped too");
  expect(loads[0]!.signal.aborted).toBe(true);

  const third = snapshot.get(signal);
  loads[1]!.resolve("a");
  expect(await third).toBe("a");
});

test("whoever runs out of time is told what was waited for; whoever is told to stop is not", async () => {
  const snapshot = new Snapshot(() => new Promise<never>(() => {}), "vROps had not answered yet");
  const [late, stopped] = [new AbortController(), new AbortController()];
  const both = Promise.allSettled([snapshot.get(late.signal), snapshot.get(stopped.signal)]);
  late.abort(new DOMException("too long", "TimeoutError"));
  stopped.abort(new Error("stopped"));
  expect(await both).toEqual([
    { status: "rejected", reason: new Overdue("vROps had not answered yet") },
    { status: "rejected", reason: new Error("stopped") },
  ]);
});
