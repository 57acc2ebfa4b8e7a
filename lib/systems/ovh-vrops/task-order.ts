import type { OvhApi } from "./api";
import type { OutgoingFlow, Task } from "./contract";

/** As many tasks before and after ours are looked at: one batch. */
const NEIGHBOURS = 20;

/** Tasks that began so long before ours have opened flows that we have seen before. */
const BEFORE_MS = 60_000;

/**
 * Which of several equal flows that appeared at once is the one that our task opens. A task does not say which flow it is
 * about, but OVHcloud numbers tasks and flows in the order in which it is asked for them. Whoever opens the same flow at
 * the same moment decides by the same order, so that no two take one and the same.
 *
 * @param elsewhere our own tasks that open flows to other places
 * @returns undefined when there is not one task for each flow, so that nothing can be told
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
