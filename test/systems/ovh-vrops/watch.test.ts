import type { Clock } from "../../../lib/core/clock";
import { HttpError } from "../../../lib/http";
import { CallError } from "../../../lib/systems/kit/rest-api";
import type { OutgoingFlow, Task } from "../../../lib/systems/ovh-vrops/contract";
import { FlowTable } from "../../../lib/systems/ovh-vrops/flow-table";
import { Watch, type View } from "../../../lib/systems/ovh-vrops/watch";

const signal = new AbortController().signal;
const doing: Task = { taskId: 1, state: "doing" };
const done: Task = { taskId: 1, state: "done" };

/** Sleeps take no time but are written down. */
function quickClock(): Clock & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  const sleep = async (ms: number, abort?: AbortSignal) => {
    await new Promise(setImmediate);
    abort?.throwIfAborted();
    slept.push(ms);
    now += ms;
  };
  return { slept, now: () => now, sleep };
}

/** An API whose task and flows are said turn by turn; an error is thrown. */
function scripted(...turns: (Task | undefined | Error)[]) {
  const clock = quickClock();
  const api = {
    asked: [] as (readonly number[])[],
    tasks: async (_: string, ids: readonly number[]) => {
      api.asked.push(ids);
      const turn = turns.length > 1 ? turns.shift() : turns[0];
      if (turn instanceof Error) throw turn;
      return new Map(turn === undefined ? [] : ids.map((taskId) => [taskId, { ...turn, taskId }]));
    },
    flowIds: async () => [] as number[],
    flows: async () => new Map<number, OutgoingFlow>(),
    flow: async () => undefined,
  };
  return { clock, api, watch: new Watch(api, new FlowTable(api, "pcc", clock), "pcc", clock) };
}

const whenOver = ({ task, quietMs }: View) =>
  task === "gone" || task?.state === "done" ? { task, quietMs } : undefined;
const failure = (status: number) => {
  const response = { status, headers: {}, data: {}, text: "{}" };
  const failed = new HttpError("status", "GET", "https://api.example.com/", `answered ${status}`, response);
  return new CallError({ code: "ovh/any", severity: "error", summary: "any", fix: "any" }, failed);
};

test("looks soon, then less and less, at most every ten seconds", async () => {
  const { watch, clock } = scripted(...Array<Task>(20).fill(doing), done);
  await watch.until(1, whenOver, signal);
  expect(clock.slept.slice(0, 5)).toEqual([5, 5, 10, 20, 40]);
  expect(clock.slept.at(-1)).toBe(10_000);
});

test("who comes after a long wait need not look so soon", async () => {
  const { watch, clock } = scripted(...Array<Task>(20).fill(doing), done);
  await watch.until(1, whenOver, signal);
  clock.slept.length = 0;
  await watch.until(2, whenOver, signal);
  expect(clock.slept).toEqual([10_000]);
});

test("all who wait share one question", async () => {
  const { watch, api } = scripted(doing, done);
  await Promise.all([1, 2, 3].map((id) => watch.until(id, whenOver, signal)));
  expect(api.asked).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test("a task that the API has forgotten is gone", async () => {
  const { watch } = scripted(doing, undefined);
  expect(await watch.until(1, whenOver, signal)).toMatchObject({ task: "gone" });
});

test("a short outage is borne", async () => {
  const { watch } = scripted(failure(503), failure(502), failure(429), done);
  expect(await watch.until(1, whenOver, signal)).toMatchObject({ task: { state: "done" } });
});

test("a long one is not", async () => {
  const { watch } = scripted(failure(503));
  await expect(watch.until(1, whenOver, signal)).rejects.toMatchObject({ status: 503 });
});

test("a refusal ends the wait at once", async () => {
  const { watch, api } = scripted(failure(403));
  await expect(watch.until(1, whenOver, signal)).rejects.toMatchObject({ status: 403 });
  expect(api.asked).toHaveLength(1);
});

test("one who is told to stop leaves; the others go on", async () => {
  const { watch } = scripted(doing, doing, doing, done);
  const stop = new AbortController();
  const one = watch.until(1, () => undefined, stop.signal);
  const other = watch.until(2, whenOver, signal);
  stop.abort(new Error("told to stop"));
  await expect(one).rejects.toThrow("told to stop");
  expect(await other).toMatchObject({ task: { state: "done" } });
});

test("the watch can be used again after everybody has left", async () => {
  const { watch } = scripted(doing, done);
  const stop = new AbortController();
  const left = watch.until(1, whenOver, stop.signal);
  stop.abort(new Error("told to stop"));
  await expect(left).rejects.toThrow("told to stop");
  expect(await watch.until(2, whenOver, signal)).toMatchObject({ task: { state: "done" } });
});
