import type { OvhApi } from "./api";
import type { OutgoingFlow, Task } from "./contract";

/** How many tasks before and after ours are examined: one batch. */
const NEIGHBOURS = 20;

/** Tasks that started this long before ours have opened flows that we have already seen. */
const BEFORE_MS = 60_000;

/**
 * Determines which of several equal flows that appeared at once our task has opened. A task does not name its flow, but
 * OVHcloud numbers tasks and flows in the order of their requests. Others who open the same flow at the same moment decide
 * by the same order, so that no two take the same one.
 *
 * @param elsewhere our own tasks that open flows to other places
 * @returns undefined when the number of tasks and flows differ, so that nothing can be determined
 */
export async function openedBy(
  { taskId }: Pick<Task, "taskId">,
  flows: readonly OutgoingFlow[],
  elsewhere: ReadonlySet<number>,
  api: Pick<OvhApi, "taskIds" | "tasks">,
  service: string,
  signal: AbortSignal,
): Promise<OutgoingFlow | undefined> {
  const ids = (await api.taskIds(service, undefined, signal)).sort(ascending);
  const at = ids.indexOf(taskId);
  const near = ids.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
  const tasks = await api.tasks(service, near, signal);
  const ours = tasks.get(taskId);
  if (at < 0 || ours === undefined) return undefined;
  const rivals = [...tasks.values()]
    .filter((task) => task.name === ours.name && !elsewhere.has(task.taskId) && isOfThatTime(task, ours))
    .map((task) => task.taskId)
    .sort(ascending);
  if (rivals.length !== flows.length) return undefined;
  return [...flows].sort((a, b) => a.outgoingFlowId - b.outgoingFlowId)[rivals.indexOf(taskId)];
}

function isOfThatTime(task: Task, ours: Task): boolean {
  return !(Date.parse(task.executionDate ?? "") < Date.parse(ours.executionDate ?? "") - BEFORE_MS);
}

const ascending = (a: number, b: number): number => a - b;
