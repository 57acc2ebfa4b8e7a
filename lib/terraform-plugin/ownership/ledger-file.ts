import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Ledger, OtherRun } from "./ledger";
import { decodeRecords, encodeRecord, type LedgerEvent, type LedgerRecord } from "./record";
import { isGone } from "../../core/is-gone";

const SUFFIX = ".jsonl";
/** Saved plans are rarely older, and each ledger is read when an apply has no plan of its own. */
const KEPT_MS = 14 * 86_400_000;
const KEPT_RUNS = 50;
/** What is not urgent may wait this long to be written with what follows. */
const DELAY_MS = 20;

/**
 * The ledger of a run as a file that all its processes append to. An append of one line is atomic, so the order of the
 * lines is the order of the events for all of them.
 */
export class LedgerFile implements Ledger {
  private descriptor: number | undefined;
  private pending = "";
  private timer: NodeJS.Timeout | undefined;
  private offset = 0;
  /** The beginning of a line that another process is still writing. */
  private rest = "";
  private told = false;

  constructor(
    private readonly folder: string,
    readonly run: string,
    readonly process: string,
    readonly workspace: string,
    private readonly now: () => number,
    private readonly onClose: () => void = () => undefined,
  ) {}

  append(event: LedgerEvent, urgent: boolean): void {
    this.told = true;
    this.pending += encodeRecord({ ...event, by: this.process });
    if (urgent) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), DELAY_MS).unref();
  }

  close(): void {
    if (this.told) this.append({ event: "end" }, true);
    this.told = false;
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.onClose();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.pending === "") return;
    const bytes = Buffer.from(this.pending);
    this.pending = "";
    writeSync(this.file(), bytes);
  }

  news(): readonly LedgerRecord[] {
    this.flush();
    const size = this.sizeOf(this.run);
    if (size <= this.offset) return [];
    const bytes = Buffer.alloc(size - this.offset);
    const read = openSync(this.pathOf(this.run), "r");
    try {
      const length = readSync(read, bytes, 0, bytes.length, this.offset);
      this.offset += length;
      const text = this.rest + bytes.toString("utf8", 0, length);
      const end = text.lastIndexOf("\n") + 1;
      this.rest = text.slice(end);
      return decodeRecords(text.slice(0, end));
    } finally {
      closeSync(read);
    }
  }

  isGone(pid: number): boolean {
    return isGone(pid);
  }

  others(): readonly OtherRun[] {
    return this.runs()
      .filter(({ run }) => run !== this.run)
      .map(({ run }) => ({ run, records: decodeRecords(readFileSync(this.pathOf(run), "utf8")) }))
      .filter(({ records }) => records[0]?.event === "start" && records[0].workspace === this.workspace)
      .map(({ run, records }) => ({
        run,
        records,
        append: (event) => appendFileSync(this.pathOf(run), encodeRecord({ ...event, by: this.process })),
      }));
  }

  private file(): number {
    if (this.descriptor === undefined) {
      this.prune();
      this.descriptor = openSync(this.pathOf(this.run), "a", 0o600);
    }
    return this.descriptor;
  }

  /** Removes what is too old to matter; a file that somebody else has removed meanwhile is fine. */
  private prune(): void {
    const old = this.runs().filter(
      ({ run, at }, index) => run !== this.run && (index >= KEPT_RUNS || this.now() - at > KEPT_MS),
    );
    for (const { run } of old) rmSync(this.pathOf(run), { force: true });
  }

  /** Newest first. */
  private runs(): { run: string; at: number }[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => ({ run: name.slice(0, -SUFFIX.length), at: this.timeOf(name) }))
      .sort((a, b) => b.at - a.at);
  }

  private timeOf(name: string): number {
    return statSync(join(this.folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  private sizeOf(run: string): number {
    return statSync(this.pathOf(run), { throwIfNoEntry: false })?.size ?? 0;
  }

  private pathOf(run: string): string {
    return join(this.folder, `${run}${SUFFIX}`);
  }
}
