import { ProblemError } from "../../core/problem";
import type { OutgoingFlow, Task } from "./contract";
import { taskFailed } from "./flow.errors";

/** The meaning of states. OVHcloud documents only their names; unknown ones are waited for, within the time-out. */

export const isDelivered = (flow: OutgoingFlow): boolean => flow.state === "delivered";
export const isFailed = (flow: OutgoingFlow): boolean => flow.state === "error";
export const isGoing = ({ state }: { readonly state: string | null }): boolean =>
  state === "toDelete" || state === "deleting";

/** In the state `fixing` somebody at OVHcloud repairs it, so only these two count as failed. */
const isTaskFailed = (task: Task): boolean => task.state === "error" || task.state === "canceled";
export const isTaskOver = (task: Task): boolean => task.state === "done" || isTaskFailed(task);

/** Whether only the flow is left to be waited for. A finished task may be forgotten. */
export const isOver = (task: Task | "gone" | undefined): boolean =>
  task === undefined || task === "gone" || task.state === "done";

/** @throws ProblemError `ovh/task-failed`, `ovh/task-canceled` */
export function throwIfFailed(doing: string, task: Task | "gone" | undefined): void {
  if (task !== undefined && task !== "gone" && isTaskFailed(task)) throw new ProblemError(taskFailed(doing, task));
}
