import type { LedgerEvent, LedgerRecord } from "./record";

/**
 * Where the processes of one Terraform run write what they plan and do. Terraform starts one process to plan and another
 * to apply, and tells the second nothing of what the first has seen: without a ledger an apply cannot know which objects
 * other addresses keep.
 */
export interface Ledger {
  /** The name of the run, the same in all its processes. */
  readonly run: string;
  /** The name of this process within it. */
  readonly process: string;
  readonly workspace: string;
  /** Appends; an urgent event is readable by others when this returns. */
  append(event: LedgerEvent, urgent: boolean): void;
  /** What has been appended to the run since the last call, in order, our own included. */
  news(): readonly LedgerRecord[];
  /** Whether a process that never said `end` is gone all the same. */
  isGone(pid: number): boolean;
  /** The other runs of the same folder, newest first. */
  others(): readonly OtherRun[];
  /** What kept the ledger from being written, the first time it is asked for; undefined afterwards, and where nothing did. */
  failure(): LedgerFailure | undefined;
  /** The process has nothing more to tell. */
  close(): void;
}

export interface LedgerFailure {
  /** Absolute. */
  readonly path: string;
  readonly error: unknown;
}

export interface OtherRun {
  readonly run: string;
  readonly records: readonly LedgerRecord[];
  append(event: LedgerEvent): void;
}

/** The ledgers of one folder, in memory: for tests, and where no file can be written. */
export class MemoryLedgers {
  private readonly runs = new Map<string, LedgerRecord[]>();

  open(run: string, process: string, workspace = "default"): Ledger {
    const { runs } = this;
    const records = runs.get(run) ?? [];
    runs.set(run, records);
    let seen = 0;
    let told = false;
    const append = (event: LedgerEvent) => {
      told = true;
      records.push({ ...event, by: process });
    };
    return {
      run,
      process,
      workspace,
      append,
      news() {
        const fresh = records.slice(seen);
        seen = records.length;
        return fresh;
      },
      isGone: () => false,
      failure: () => undefined,
      others: () =>
        [...runs]
          .filter(([name]) => name !== run)
          .reverse()
          .map(([name, others]) => ({
            run: name,
            records: [...others],
            append: (event) => void others.push({ ...event, by: process }),
          })),
      close() {
        if (told) append({ event: "end" });
        told = false;
      },
    };
  }
}
