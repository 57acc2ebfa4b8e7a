import { systemClock, type Clock } from "../../lib/core/clock";

/**
 * A clock on which waits for the sake of waiting are over at once, and have taken their time. They are those that
 * only the run itself can end, by `signal`; what limits a step runs on as usual.
 */
export function skippingClock(signal: AbortSignal): Clock & { readonly skipped: readonly number[] } {
  const skipped: number[] = [];
  return {
    skipped,
    now: () => systemClock.now() + skipped.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms, ended) => {
      if (ended !== signal) return systemClock.sleep(ms, ended);
      signal.throwIfAborted();
      skipped.push(ms);
    },
  };
}
