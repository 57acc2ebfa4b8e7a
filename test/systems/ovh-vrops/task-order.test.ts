import type { OutgoingFlow, Task } from "../../../lib/systems/ovh-vrops/contract";
import { openedBy } from "../../../lib/systems/ovh-vrops/task-order";

const signal = new AbortController().signal;
const flows = [41, 42].map((outgoingFlowId): OutgoingFlow => {
  return { outgoingFlowId, ip: "203.0.113.25", servicePort: 587, description: "", state: "delivered" };
});

const task = (taskId: number, second: number, changes: Partial<Task> = {}): Task => ({
  taskId,
  state: "done",
  name: "addVropsOutgoingFlow",
  executionDate: new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString(),
  ...changes,
});

function decide(
  ours: number,
  tasks: readonly Task[],
  elsewhere: readonly number[] = [],
): Promise<OutgoingFlow | undefined> {
  const api = {
    // Nobody says in which order a list is.
    taskIds: async () => tasks.map(({ taskId }) => taskId).reverse(),
    tasks: async (_: string, ids: readonly number[]) =>
      new Map(tasks.filter(({ taskId }) => ids.includes(taskId)).map((one) => [one.taskId, one])),
  };
  return openedBy({ taskId: ours }, [...flows].reverse(), new Set(elsewhere), api, "pcc", signal);
}

test("two that decide at the same moment never take the same flow", async () => {
  const tasks = [task(901, 0), task(902, 1)];
  expect(await decide(901, tasks)).toMatchObject({ outgoingFlowId: 41 });
  expect(await decide(902, tasks)).toMatchObject({ outgoingFlowId: 42 });
});

test("other tasks, earlier ones and our own for other places do not count", async () => {
  const tasks = [task(800, -300), task(900, 0, { name: "addUser" }), task(901, 0), task(902, 0), task(903, 1)];
  expect(await decide(903, tasks, [901])).toMatchObject({ outgoingFlowId: 42 });
});

test.each([
  ["there are more tasks than flows", [task(901, 0), task(902, 0), task(903, 0)]],
  ["there are fewer", [task(902, 0)]],
  ["our task is forgotten", [task(901, 0)]],
])("nothing is told when %s", async (_, tasks) => {
  expect(await decide(902, tasks)).toBeUndefined();
});
