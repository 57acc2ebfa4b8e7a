import { monotonicMs } from "./monotonic";
import { whenAborted } from "./signals";

/** Time, as a parameter: production uses {@link systemClock}, tests their own. */
export interface Clock {
  /** Milliseconds since 1970, for dates. The machine's clock may be set while we run. */
  now(): number;
  /**
   * Milliseconds since an arbitrary moment, unaffected by anybody who sets the clock.
   *
   * @default now(), for a clock that nobody sets
   */
  elapsed?(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // Whole milliseconds, like `now`: durations are shown to people.
  elapsed: () => Math.floor(monotonicMs()),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const onAbort = () => {
        clearTimeout(timer);
        reject(reasonOf(signal!));
      };
      const timer = setTimeout(() => {
        stopListening?.();
        resolve();
      }, ms);
      const stopListening = signal && whenAborted(signal, onAbort);
    }),
};

/** The monotonic time, for measuring durations and for deadlines; never for dates. */
export const elapsed = (clock: Pick<Clock, "now" | "elapsed">): number => clock.elapsed?.() ?? clock.now();

export function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason ?? "aborted"));
}
