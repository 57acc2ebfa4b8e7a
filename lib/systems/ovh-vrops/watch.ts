import { elapsed, reasonOf, type Clock } from "../../core/clock";
import { firstOf, whenAborted } from "../../core/signals";
import { CallError } from "../kit/rest-api";
import type { OvhApi } from "./api";
import type { Task } from "./contract";
import { isTaskOver } from "./flow-states";
import type { Flows, FlowTable } from "./flow-table";

/** The observed state, which a waiter gets until it has seen enough. */
export interface View {
  readonly flows: Flows;
  /** The task; undefined when there is none to watch; `gone` when the API does not know it (any more). */
  readonly task: Task | "gone" | undefined;
  /** Milliseconds since the task was over (or gone); 0 before. Without a task: since the waiting began. */
  readonly quietMs: number;
}

interface Waiter {
  readonly taskId: number | undefined;
  readonly since: number;
  task: Task | "gone" | undefined;
  over: number | undefined;
  next: number;
  /** Returns true when it has seen enough. */
  look(view: View): boolean;
  fail(error: unknown): void;
}

const SHORTEST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 10_000;
/** How long a look is delayed for others who are about to wait, too: ten creations cost one look, not ten. */
const GATHERING_MS = 100;
/** How many failed looks are tolerated. The HTTP client already repeats requests; a maintenance may take longer. */
const FAILURES_BORNE = 3;

/**
 * Waits for tasks and flows of one service. All waiters share the same requests: one for all tasks, one for the list of
 * flows, one for new flows. Looks often at first, then less and less.
 */
export class Watch {
  private readonly waiters = new Set<Waiter>();
  private running = false;
  private joiners = 0;
  private sleeping: AbortController | undefined;
  private stop = new AbortController();
  /** How long the last one had to wait: the next will hardly wait much less. */
  private typicalMs = 0;

  constructor(
    private readonly api: Pick<OvhApi, "tasks">,
    private readonly table: FlowTable,
    private readonly service: string,
    private readonly clock: Clock,
  ) {}

  /** Runs a request after which the caller will wait here, so that the next look can be delayed for it. */
  async joining<T>(request: () => Promise<T>): Promise<T> {
    this.joiners++;
    try {
      return await request();
    } finally {
      this.joiners--;
      if (this.joiners === 0) this.sleeping?.abort();
    }
  }

  /** Resolves with the first result of `check` that is not undefined; rejects with its error. */
  until<T>(taskId: number | undefined, check: (view: View) => T | undefined, signal: AbortSignal): Promise<T> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    return new Promise((resolve, reject) => {
      const now = elapsed(this.clock);
      const settle = (action: () => void) => {
        this.waiters.delete(waiter);
        stopListening();
        if (this.waiters.size === 0) this.stop.abort(new Error("nobody waits any more"));
        action();
      };
      const abort = () => settle(() => reject(reasonOf(signal)));
      const waiter: Waiter = {
        taskId,
        since: now,
        task: undefined,
        over: taskId === undefined ? now : undefined,
        next: now + Math.min(Math.max(this.typicalMs / 4, SHORTEST_DELAY_MS), LONGEST_DELAY_MS),
        look: (view) => {
          try {
            const result = check(view);
            if (result === undefined) return false;
            this.typicalMs = elapsed(this.clock) - now;
            settle(() => resolve(result));
          } catch (error) {
            settle(() => reject(error as Error));
          }
          return true;
        },
        fail: (error) => settle(() => reject(error as Error)),
      };
      const stopListening = whenAborted(signal, abort);
      this.waiters.add(waiter);
      if (this.running) this.sleeping?.abort();
      else void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    let failures = 0;
    while (this.waiters.size > 0) {
      if (this.stop.signal.aborted) this.stop = new AbortController();
      const due = this.untilNextLook();
      if (due > 0) {
        await this.sleep(due);
        continue;
      }
      // Only the present waiters: one that joins during the requests may know more than they show.
      const present = [...this.waiters];
      try {
        await this.look(present);
        failures = 0;
      } catch (error) {
        failures++;
        if (!isPassing(error) || failures > FAILURES_BORNE) for (const waiter of present) waiter.fail(error);
      }
      for (const waiter of present) {
        const now = elapsed(this.clock);
        waiter.next = now + Math.min(Math.max(now - waiter.since, SHORTEST_DELAY_MS), LONGEST_DELAY_MS);
      }
    }
    this.running = false;
  }

  private untilNextLook(): number {
    const now = elapsed(this.clock);
    const waiters = [...this.waiters];
    const due = Math.min(...waiters.map(({ next }) => next)) - now;
    if (due > 0 || this.joiners === 0) return due;
    return Math.min(...waiters.map(({ since }) => since)) + GATHERING_MS - now;
  }

  private async look(present: readonly Waiter[]): Promise<void> {
    const { signal } = this.stop;
    const open = present.filter(({ taskId, over }) => taskId !== undefined && over === undefined);
    if (open.length > 0) {
      const tasks = await this.api.tasks(
        this.service,
        open.map(({ taskId }) => taskId!),
        signal,
      );
      for (const waiter of open) {
        waiter.task = tasks.get(waiter.taskId!) ?? "gone";
        if (waiter.task === "gone" || isTaskOver(waiter.task)) waiter.over = elapsed(this.clock);
      }
    }
    // Read after the tasks, so that the effects of finished tasks are included.
    const flows = await this.table.refresh(signal);
    for (const waiter of present) {
      if (!this.waiters.has(waiter)) continue;
      const quietMs = waiter.over === undefined ? 0 : elapsed(this.clock) - waiter.over;
      waiter.look({ flows, task: waiter.task, quietMs });
    }
  }

  private async sleep(ms: number): Promise<void> {
    this.sleeping = new AbortController();
    const signal = firstOf([this.sleeping.signal, this.stop.signal]);
    await this.clock.sleep(ms, signal).catch(() => undefined);
    // It need not listen any longer.
    this.sleeping.abort();
    this.sleeping = undefined;
  }
}

/** Whether the error may be temporary. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof CallError)) return false;
  return error.failed.failure !== "status" || (error.status ?? 0) >= 500 || error.status === 429;
}
