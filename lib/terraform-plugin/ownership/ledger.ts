import type { LedgerEvent, LedgerRecord } from "./record";

/**
 * The log in which the processes of one Terraform run record what they plan and do. Terraform starts one process to plan and
 * another to apply, and does not tell the second what the first has seen: without a ledger an apply cannot know which
 * objects other addresses keep.
 */
export interface Ledger {
  /** The name of the run, the same in all its processes. */
  readonly run: string;
  /** The name of this process within it. */
  readonly process: string;
  readonly workspace: string;
  /** Appends an event; an urgent one is readable by others when this returns. */
  append(event: LedgerEvent, urgent: boolean): void;
  /** The records that were appended to the run since the last call, in order, our own included. */
  news(): readonly LedgerRecord[];
  /** Whether a process that never recorded its `end` is gone nevertheless. */
  isGone(pid: number): boolean;
  /** The other runs of the same folder, newest first. */
  others(): readonly OtherRun[];
  /**
   * The error that kept the ledger from being written, on the first call; undefined afterwards, and where there was none.
   */
  failure(): LedgerFailure | undefined;
  /** Records that the process has nothing more to add. */
  close(): void;
}

export interface LedgerFailure {
  /** The absolute path. */
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
