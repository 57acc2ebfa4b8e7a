import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Ledger, LedgerFailure, OtherRun } from "./ledger";
import { decodeRecords, encodeRecord, type LedgerEvent, type LedgerRecord } from "./record";
import { isGone } from "../../core/is-gone";

const SUFFIX = ".jsonl";
/** How long ledgers are kept. Saved plans are rarely older, and each ledger is read when an apply has no plan of its own. */
const KEPT_MS = 14 * 86_400_000;
const KEPT_RUNS = 50;
/** How long an event that is not urgent may wait to be written with others. */
const DELAY_MS = 20;

/** Records that are not in the file yet. */
interface Unwritten {
  readonly record: LedgerRecord;
  readonly line: string;
  /** Whether this process has already processed it. */
  isProcessed: boolean;
}

/**
 * The ledger of a run as a file that all its processes append to. An append of one line is atomic, so all of them see the
 * events in the order of the lines. A file that cannot be written causes no failure: the records of this process count for
 * itself, and are written once that is possible.
 */
export class LedgerFile implements Ledger {
  private descriptor: number | undefined;
  private unwritten: Unwritten[] = [];
  /** How many records that this process has already processed will still be read from the file. */
  private ahead = 0;
  private timer: NodeJS.Timeout | undefined;
  private offset = 0;
  /** The beginning of a line that another process is still writing. */
  private rest = "";
  private hasRecords = false;
  private failed: LedgerFailure | undefined;
  private isFailureReported = false;

  constructor(
    private readonly folder: string,
    readonly run: string,
    readonly process: string,
    readonly workspace: string,
    private readonly now: () => number,
    private readonly onClose: () => void = () => undefined,
  ) {}

  append(event: LedgerEvent, urgent: boolean): void {
    this.hasRecords = true;
    const record = { ...event, by: this.process };
    this.unwritten.push({ record, line: encodeRecord(record), isProcessed: false });
    if (urgent) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), DELAY_MS).unref();
  }

  close(): void {
    if (this.hasRecords) this.append({ event: "end" }, true);
    this.hasRecords = false;
    clearTimeout(this.timer);
    const { descriptor } = this;
    // Some file systems report only now that the disk was full.
    if (descriptor !== undefined) this.attempt(this.pathOf(this.run), () => closeSync(descriptor));
    this.descriptor = undefined;
    this.onClose();
  }

  failure(): LedgerFailure | undefined {
    if (this.isFailureReported) return undefined;
    this.isFailureReported = this.failed !== undefined;
    return this.failed;
  }

  news(): readonly LedgerRecord[] {
    this.flush();
    const fresh: LedgerRecord[] = [];
    this.attempt(this.pathOf(this.run), () => {
      for (const record of this.read()) {
        if (record.by !== this.process || this.ahead === 0) fresh.push(record);
        else this.ahead -= 1;
      }
    });
    for (const own of this.unwritten) {
      if (own.isProcessed) continue;
      own.isProcessed = true;
      this.ahead += 1;
      fresh.push(own.record);
    }
    return fresh;
  }

  isGone(pid: number): boolean {
    return isGone(pid);
  }

  others(): readonly OtherRun[] {
    return this.runs()
      .filter(({ run }) => run !== this.run)
      .map(({ run }) => ({ run, records: this.recordsOf(run) }))
      .filter(({ records }) => records[0]?.event === "start" && records[0].workspace === this.workspace)
      .map(({ run, records }) => ({ run, records, append: (event) => this.appendTo(run, event) }));
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.attempt(this.pathOf(this.run), () => {
      while (this.unwritten.length > 0) this.unwritten.splice(0, this.write());
    });
  }

  /** Writes as much as it can; returns how many lines are completely in the file. */
  private write(): number {
    // The line break in front separates these lines from one that another process could write only in part.
    const bytes = Buffer.from(`\n${this.unwritten.map(({ line }) => line).join("")}`);
    const length = writeSync(this.file(), bytes);
    if (length === bytes.length) return this.unwritten.length;
    let [end, whole] = [1, 0];
    for (const { line } of this.unwritten) {
      end += Buffer.byteLength(line);
      if (end > length) break;
      whole += 1;
    }
    if (whole === 0) throw new Error(`${length} of ${bytes.length} bytes could be written`);
    return whole;
  }

  /** The records that were added to the file since the last call, by any process. */
  private read(): readonly LedgerRecord[] {
    const file = this.file();
    // Determined from the open file: its name may have been removed meanwhile.
    const { size } = fstatSync(file);
    if (size <= this.offset) return [];
    const bytes = Buffer.alloc(size - this.offset);
    const length = readSync(file, bytes, 0, bytes.length, this.offset);
    this.offset += length;
    const text = this.rest + bytes.toString("utf8", 0, length);
    const end = text.lastIndexOf("\n") + 1;
    this.rest = text.slice(end);
    return decodeRecords(text.slice(0, end));
  }

  private file(): number {
    if (this.descriptor === undefined) {
      this.makeFolder();
      this.prune();
      this.descriptor = openSync(this.pathOf(this.run), "a+", 0o600);
    }
    return this.descriptor;
  }

  /**
   * Creates the folder again: it existed when it was chosen, and may have been removed since. Only Terraform creates its
   * parent.
   */
  private makeFolder(): void {
    if (statSync(this.folder, { throwIfNoEntry: false }) === undefined) mkdirSync(this.folder, { mode: 0o700 });
  }

  private appendTo(run: string, event: LedgerEvent): void {
    const path = this.pathOf(run);
    // A run that has been pruned meanwhile is not started again.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
    this.attempt(path, () => appendFileSync(path, `\n${encodeRecord({ ...event, by: this.process })}`));
  }

  private attempt(path: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failed ??= { path, error };
    }
  }

  private recordsOf(run: string): readonly LedgerRecord[] {
    try {
      return decodeRecords(readFileSync(this.pathOf(run), "utf8"));
    } catch {
      return []; // Pruned meanwhile, or owned by somebody else.
    }
  }

  /** Removes ledgers that are too old to matter. */
  private prune(): void {
    const old = this.runs().filter(
      ({ run, at }, index) => run !== this.run && (index >= KEPT_RUNS || this.now() - at > KEPT_MS),
    );
    for (const { run } of old) {
      try {
        rmSync(this.pathOf(run), { force: true });
      } catch {
        // It belongs to somebody else, who prunes it.
      }
    }
  }

  /** The runs, newest first; none where the folder has been removed. */
  private runs(): { run: string; at: number }[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => ({ run: name.slice(0, -SUFFIX.length), at: this.timeOf(name) }))
        .sort((a, b) => b.at - a.at);
    } catch {
      return [];
    }
  }

  private timeOf(name: string): number {
    return statSync(join(this.folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  private pathOf(run: string): string {
    return join(this.folder, `${run}${SUFFIX}`);
  }
}
