import { isTimeout, Overdue, whenAborted } from "../core/signals";
import { reasonOf } from "../core/clock";

interface Load<T> {
  readonly generation: number;
  readonly promise: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
  /** What it has come to. */
  loaded?: { readonly value: T };
}

/**
 * A reading of a collection, shared by all callers of a run until one of our own writes makes it stale. A reading that began
 * before a write is never returned after it.
 */
export class Snapshot<T> {
  private generation = 0;
  private current: Load<T> | undefined;

  /**
   * @param load reads the whole collection; its signal aborts when nobody waits any more
   * @param waitedFor names the wait to a caller whose time runs out.
   * @default the signal's own reason
   */
  constructor(
    private readonly load: (signal: AbortSignal) => Promise<T>,
    private readonly waitedFor?: string,
  ) {}

  /** The collection, from a reading that began after the last `invalidate`. A failed reading is not kept. */
  async get(signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw reasonOf(signal);
    const { loaded } = this;
    if (loaded !== undefined) return loaded.value;
    const load = this.current?.generation === this.generation ? this.current : this.start();
    load.waiting++;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        const reason = reasonOf(signal);
        if (--load.waiting === 0) load.stop.abort(reason);
        reject(this.waitedFor !== undefined && isTimeout(signal.reason) ? new Overdue(this.waitedFor) : reason);
      };
      const stopListening = whenAborted(signal, leave);
      load.promise
        .then(
          (value) => {
            load.waiting--;
            resolve(value);
          },
          (error: unknown) => {
            if (this.current === load) this.current = undefined;
            reject(error as Error);
          },
        )
        .finally(() => stopListening());
    });
  }

  /** The collection, if `get` would return it without waiting. */
  get loaded(): { readonly value: T } | undefined {
    return this.current?.generation === this.generation ? this.current.loaded : undefined;
  }

  /** Runs a write of our own: readings from before it, or that overlap it, are stale. */
  async whileWriting<W>(write: () => Promise<W>): Promise<W> {
    this.invalidate();
    try {
      return await write();
    } finally {
      this.invalidate();
    }
  }

  /** Marks the collection as (possibly) changed. Call it after a write, also after one that failed. */
  invalidate(): void {
    this.generation++;
  }

  private start(): Load<T> {
    const stop = new AbortController();
    const promise = this.load(stop.signal);
    const load: Load<T> = { generation: this.generation, promise, stop, waiting: 0 };
    // A failure is told to those who wait for it.
    promise.then(
      (value) => (load.loaded = { value }),
      () => undefined,
    );
    whenAborted(stop.signal, () => {
      if (this.current === load) this.current = undefined;
    });
    this.current = load;
    return load;
  }
}
