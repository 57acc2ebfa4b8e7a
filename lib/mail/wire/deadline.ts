import { whenAborted } from "../../core/signals";
import { elapsed, reasonOf, type Clock } from "../../core/clock";

/** A step took longer than it may. */
export class StepTimeout extends Error {
  constructor(
    readonly ms: number,
    /** True when the time for all stages ran out, not only the step's own. */
    readonly overall: boolean,
  ) {
    super(`no answer within ${ms} ms`);
    this.name = "StepTimeout";
  }

  /** Whether little of the time for all stages was left when the step began: then it is not to blame. */
  get wasLate(): boolean {
    return this.overall && this.ms < 50;
  }
}

/** The time limit for all stages, of which each step gets a share. */
export class Deadline {
  private readonly endsAt: number;

  constructor(
    private readonly clock: Clock,
    ms: number,
    readonly signal: AbortSignal,
  ) {
    this.endsAt = elapsed(clock) + ms;
  }

  get remainingMs(): number {
    return Math.max(0, this.endsAt - elapsed(this.clock));
  }

  /**
   * A step's share of the remaining time, in milliseconds: at least `least`, if there is as much, and at most `most`. A
   * longer limit for the run gives more to each step.
   */
  share(part: number, { least, most }: { readonly least: number; readonly most: number }): number {
    return Math.round(Math.min(most, Math.max(least, this.remainingMs * part)));
  }

  /** Runs `body` with a signal that aborts with {@link StepTimeout} after `ms`, or with the reason of the whole run. */
  async step<T>(ms: number, body: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.signal.aborted) throw reasonOf(this.signal);
    const overall = this.remainingMs < ms;
    const limit = Math.max(1, Math.min(ms, this.remainingMs));
    const over = new AbortController();
    const done = new AbortController();
    const onAbort = () => over.abort(reasonOf(this.signal));
    const stopListening = whenAborted(this.signal, onAbort);
    this.clock.sleep(limit, done.signal).then(
      () => over.abort(new StepTimeout(limit, overall)),
      () => undefined,
    );
    try {
      return await body(over.signal);
    } finally {
      done.abort();
      stopListening();
    }
  }
}

/** Stops waiting for work that cannot be aborted. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const onAbort = () => reject(reasonOf(signal));
    const stopListening = whenAborted(signal, onAbort);
    work.then(resolve, reject).finally(stopListening);
  });
}
