import type { OvhApi } from "./api";
import { TASK_STATES } from "./contract";

/** The states in which a task may still open a flow. */
const OPEN = TASK_STATES.filter((state) => !["toCancel", "done", "canceled", "error"].includes(state));

/** The greatest expected difference between this machine's clock and OVHcloud's. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Whether a request whose answer was lost may have started a task. Tasks do not name their flow, so any task of about that
 * time counts.
 */
export async function mayHaveBegun(
  api: Pick<OvhApi, "taskIds" | "tasks">,
  service: string,
  posted: number,
  signal: AbortSignal,
): Promise<boolean> {
  const ids = (await Promise.all(OPEN.map((state) => api.taskIds(service, state, signal)))).flat();
  const tasks = await api.tasks(service, [...new Set(ids)], signal);
  return [...tasks.values()].some(({ executionDate }) => {
    const begun = Date.parse(executionDate ?? "");
    return Number.isNaN(begun) || begun >= posted - CLOCKS_DIFFER_MS;
  });
}
