import { whenAborted } from "../../../core/signals";
import type { Clock } from "../../../core/clock";
import type { Table } from "../../kit/simulator/table";
import type { TaskStateName } from "../contract";
import type { TaskOutcome } from "./options";

/** A task with all 22 properties, nulls explicit, like the API's. */
export interface SimulatedTask {
  readonly taskId: number;
  readonly state: TaskStateName;
  readonly name: string;
  readonly type: string;
  readonly progress: number;
  readonly executionDate: string;
  readonly lastModificationDate: string;
  readonly endDate: string | null;
  readonly description: string | null;
  readonly [other: string]: unknown;
}

/** How a task ended. */
export type TaskEnding = "done" | "error" | "canceled" | "given-up";

/** The effects of a task on its flow. */
export interface Work {
  begin(): void;
  end(outcome: TaskEnding): void;
}

const NULL_FIELDS = [
  "createdBy",
  "createdFrom",
  "datacenterId",
  "filerId",
  "hostId",
  "maintenanceDateFrom",
  "maintenanceDateTo",
  "network",
  "networkAccessId",
  "orderId",
  "parentTaskId",
  "userId",
  "vlanId",
];

const WORDS: Readonly<Record<Exclude<TaskEnding, "done">, string>> = {
  error: "The firewall did not answer",
  canceled: "Canceled by an operator",
  "given-up": "Canceled by an operator",
};

/** Decides the end of a task, also while it hangs. */
export class Decision {
  private wake: () => void = () => undefined;

  constructor(public outcome: TaskOutcome) {}

  /** Lets the task continue and end with this outcome. */
  end(outcome: TaskEnding): void {
    this.outcome = outcome;
    this.wake();
  }

  /** Waits until the outcome is decided. */
  async decided(signal: AbortSignal): Promise<void> {
    while (this.outcome === "hanging") {
      await new Promise<void>((resolve, reject) => {
        const stopListening = whenAborted(signal, () => reject(signal.reason as Error));
        this.wake = () => {
          stopListening();
          resolve();
        };
      });
    }
  }
}

/** Runs tasks in the background, each with the outcome that was ordered for it. */
export class TaskQueue {
  constructor(
    private readonly clock: Clock,
    private readonly taskMilliseconds: number,
    private readonly nextTask: () => number,
    /** The outcomes of the next tasks, in order. */
    private readonly outcomes: TaskOutcome[],
  ) {}

  /** Starts a task. Like the API, it answers before anything is done: the caller gets the task in its present state. */
  start(name: string, tasks: Table<SimulatedTask>, signal: AbortSignal, work: Work) {
    const now = this.now();
    const taskId = this.nextTask();
    const task = tasks.set(taskId, {
      ...Object.fromEntries(NULL_FIELDS.map((field) => [field, null])),
      taskId,
      state: "todo",
      name,
      type: "generic",
      progress: 0,
      executionDate: now,
      lastModificationDate: now,
      endDate: null,
      description: null,
    });
    const decision = new Decision(this.outcomes.shift() ?? "done");
    const report = (state: TaskStateName, progress: number, description: string | null = null) => {
      const ended = state === "done" || state === "error" || state === "canceled";
      const at = this.now();
      tasks.patch(taskId, { state, progress, description, lastModificationDate: at, ...(ended && { endDate: at }) });
    };
    return { task, decision, ended: this.run(decision, work, report, signal) };
  }

  private async run(
    decision: Decision,
    work: Work,
    report: (state: TaskStateName, progress: number, description?: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const wait = () => this.clock.sleep(this.taskMilliseconds / 3, signal);
    await wait();
    await decision.decided(signal);
    if (decision.outcome !== "given-up") {
      report("doing", 40);
      work.begin();
      await wait();
      if (decision.outcome === "fixing") {
        report("fixing", 40, "An operator is looking at it");
        await wait();
        report("doing", 70);
      }
      await wait();
    }
    signal.throwIfAborted();
    const { outcome } = decision;
    if (outcome === "error" || outcome === "canceled" || outcome === "given-up") {
      work.end(outcome);
      report(outcome === "error" ? "error" : "canceled", 40, WORDS[outcome]);
      return;
    }
    work.end("done");
    report("done", 100);
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, "+00:00");
  }
}
