import { AsyncLocalStorage } from "node:async_hooks";
import { Table, type TableChange, type RequestCircumstances, type TableView } from "./table";

/** More changes than any test looks back; a sandbox that runs for days must not grow for ever. */
const MOST_CHANGES = 5_000;

/** One request or intervention that changed something. */
interface Write {
  /** How many changes there had been before it. */
  readonly position: number;
  /** Milliseconds, by the clock of the sandbox. */
  readonly at: number;
}

/** How far back to look. */
export interface Past {
  /** The state before the last so many writes. */
  readonly writes: number | "all";
  /** Writes that there were already count as the present: see {@link Tables.written}. */
  readonly since: number;
  /** Older writes than this have arrived everywhere. */
  readonly notBefore: number;
}

/**
 * Everything that a simulator holds. Rows are replaced, never changed, and what they replace is remembered, so that a
 * reader can be shown an earlier state, as an eventually consistent system does, and all of it can begin anew.
 */
export class Tables {
  private readonly circumstances = new AsyncLocalStorage<RequestCircumstances>();
  private readonly tables: Table<object>[] = [];
  private readonly seeds: (() => void)[] = [];
  private changes: TableChange[] = [];
  private writes: Write[] = [];
  /** Changes and writes that are no longer remembered. */
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

  /** What there is at the beginning; called now and after each {@link reset}. */
  seed(fill: () => void): void {
    this.seeds.push(fill);
    fill();
  }

  /** 41, 42, 43…; begins anew with {@link reset}. */
  sequence(first: number): () => number {
    let next = first;
    this.seed(() => void (next = first));
    return () => next++;
  }

  /** As if nothing had ever happened. */
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

  /** Runs what may write, and all that follows from it; `foreign` for what the caller's own API calls did not make. */
  writing<T>(by: { readonly at: number; readonly foreign: boolean }, act: () => T): T {
    return this.circumstances.run({ kind: "write", foreign: by.foreign, at: by.at, counted: false }, act);
  }

  /** Runs a reader that sees less than there is. */
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
