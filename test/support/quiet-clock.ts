import { reasonOf, type Clock } from "../../lib/core/clock";

const TICK_MS = 10;
/** Ticks are turns of the event loop, so that a busy machine does not pass for a silent other side. */
const QUIET_TICKS = 6;

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * The system's clock, which jumps to the end of the next wait as soon as nothing happens any more: what waits
 * for a time-out does not take that long. `activity` is a number that changes whenever something happens.
 */
export function quietClock(activity: () => number): Clock & { stop(): void } {
  const sleepers = new Set<Sleeper>();
  let jumped = 0;
  let last = activity();
  let quiet = 0;
  const now = () => Date.now() + jumped;
  const timer = setInterval(() => {
    quiet = activity() === last ? quiet + 1 : 0;
    last = activity();
    if (quiet >= QUIET_TICKS && sleepers.size > 0) {
      jumped += Math.max(0, Math.min(...[...sleepers].map(({ due }) => due)) - now());
      quiet = 0;
    }
    for (const sleeper of sleepers) if (sleeper.due <= now()) sleeper.wake();
  }, TICK_MS);
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(reasonOf(signal));
        const end = (finish: () => void) => () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", onAbort);
          finish();
        };
        const onAbort = end(() => reject(reasonOf(signal!)));
        const sleeper: Sleeper = { due: now() + ms, wake: end(resolve) };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
    stop: () => clearInterval(timer),
  };
}
