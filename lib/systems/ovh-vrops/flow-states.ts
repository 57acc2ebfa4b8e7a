import type { Flow, Task } from "./contract";

/** What states mean. OVHcloud documents their names only; unknown ones are waited for, within the time-out. */

export const isDelivered = (flow: Flow): boolean => flow.state === "delivered";
export const isFailed = (flow: Flow): boolean => flow.state === "error";
export const isGoing = (flow: Flow): boolean => flow.state === "toDelete" || flow.state === "deleting";

/** `fixing` is somebody at OVHcloud repairing it, so only these two are given up. */
export const isTaskFailed = (task: Task): boolean => task.state === "error" || task.state === "canceled";
export const isTaskOver = (task: Task): boolean => task.state === "done" || isTaskFailed(task);
