import { ProblemError } from "../../core/problem";
import type { OutgoingFlow, Task } from "./contract";
import { taskFailed } from "./flow.errors";

/** What states mean. OVHcloud documents their names only; unknown ones are waited for, within the time-out. */

export const isDelivered = (flow: OutgoingFlow): boolean => flow.state === "delivered";
export const isFailed = (flow: OutgoingFlow): boolean => flow.state === "error";
export const isGoing = ({ state }: { readonly state: string | null }): boolean =>
  state === "toDelete" || state === "deleting";

/** `fixing` is somebody at OVHcloud repairing it, so only these two are given up. */
const isTaskFailed = (task: Task): boolean => task.state === "error" || task.state === "canceled";
export const isTaskOver = (task: Task): boolean => task.state === "done" || isTaskFailed(task);

/** True when only the flow is left to be waited for. A task that is over may be forgotten. */
export const isOver = (task: Task | "gone" | undefined): boolean =>
  task === undefined || task === "gone" || task.state === "done";

/** @throws ProblemError `ovh/task-failed`, `ovh/task-canceled` */
export function throwIfFailed(doing: string, task: Task | "gone" | undefined): void {
  if (task !== undefined && task !== "gone" && isTaskFailed(task)) throw new ProblemError(taskFailed(doing, task));
}
