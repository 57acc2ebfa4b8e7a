import { AsyncLocalStorage } from "node:async_hooks";
import { Table, type TableChange, type RequestCircumstances, type TableView } from "./table";

/** More changes than any test looks back; a sandbox that runs for days must not grow without limit. */
const MOST_CHANGES = 5_000;

/** One request or intervention that changed something. */
interface Write {
  /** How many changes preceded it. */
  readonly position: number;
  /** The time in milliseconds, by the clock of the sandbox. */
  readonly at: number;
}

/** The limits of looking back. */
export interface Past {
  /** How many of the last writes to ignore. */
  readonly writes: number | "all";
  /** Earlier writes belong to the present: see {@link Tables.written}. */
  readonly since: number;
  /** Writes before this time are visible everywhere. */
  readonly notBefore: number;
}

/**
 * All data of a simulator. Rows are replaced, never changed, and replaced rows are kept, so that a reader can see an earlier
 * state, as in an eventually consistent system, and everything can be reset.
 */
export class Tables {
  private readonly circumstances = new AsyncLocalStorage<RequestCircumstances>();
  private readonly tables: Table<object>[] = [];
  private readonly seeds: (() => void)[] = [];
  private changes: TableChange[] = [];
  private writes: Write[] = [];
  /** The number of changes and writes that are no longer kept. */
  private forgotten = { changes: 0, writes: 0 };

  table<Row extends object>(): Table<Row> {
    const table = new Table<Row>({
      circumstances: () => this.circumstances.getStore(),
      record: (change) => this.record(change),
      since: (position) => this.changes.slice(Math.max(0, position - this.forgotten.changes)),
    });
    this.tables.push(table);
    return table;
  }

  /** Creates the initial rows; called now and after each {@link reset}. */
  seed(fill: () => void): void {
    this.seeds.push(fill);
    fill();
  }

  /** A sequence of numbers: 41, 42, 43…; restarts with {@link reset}. */
  sequence(first: number): () => number {
    let next = first;
    this.seed(() => void (next = first));
    return () => next++;
  }

  /** Restores the initial state. */
  reset(): void {
    for (const table of this.tables) table.clear();
    this.changes = [];
    this.writes = [];
    this.forgotten = { changes: 0, writes: 0 };
    for (const fill of this.seeds) fill();
  }

  /** How many requests and interventions have changed something. */
  get written(): number {
    return this.forgotten.writes + this.writes.length;
  }

  /**
   * Runs code that may write, and everything that follows from it; `foreign` for changes that no API call of the caller
   * made.
   */
  writing<T>(by: { readonly at: number; readonly foreign: boolean }, act: () => T): T {
    return this.circumstances.run({ kind: "write", foreign: by.foreign, at: by.at, counted: false }, act);
  }

  /** Runs code that reads a restricted view. */
  reading<T>(view: TableView, act: () => T): T {
    return this.circumstances.run({ kind: "read", view }, act);
  }

  /** The position to read at; undefined where there is nothing to look back to. */
  before({ writes, since, notBefore }: Past): number | undefined {
    const recent = this.writes.slice(Math.max(0, since - this.forgotten.writes));
    const last = recent.at(-1);
    if (last === undefined || last.at < notBefore) return undefined;
    return (writes === "all" ? recent[0] : recent[Math.max(0, recent.length - writes)])?.position;
  }

  private record(change: TableChange): void {
    const here = this.circumstances.getStore();
    if (here?.kind === "write" && !here.counted) {
      here.counted = true;
      this.writes.push({ position: this.forgotten.changes + this.changes.length, at: here.at });
    }
    this.changes.push(change);
    this.forget();
  }

  private forget(): void {
    if (this.changes.length <= 2 * MOST_CHANGES) return;
    this.changes.splice(0, MOST_CHANGES);
    this.forgotten.changes += MOST_CHANGES;
    const old = this.writes.findIndex(({ position }) => position >= this.forgotten.changes);
    const gone = this.writes.splice(0, old < 0 ? this.writes.length : old);
    this.forgotten.writes += gone.length;
  }
}
