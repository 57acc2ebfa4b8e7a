import { setMaxListeners } from "node:events";
import { monotonicMs } from "./monotonic";

/**
 * Signals that reach whoever waits. Node's own AbortSignal.any and AbortSignal.timeout hold what they follow weakly, and
 * with that the garbage collector takes time-outs away before they fire: an operation then waits for ever.
 *
 * @see https://github.com/nodejs/node/issues/57736
 * @see https://github.com/nodejs/node/issues/65995
 */

/**
 * Calls `listener` when the signal aborts, unless it has aborted already. Returns a function that stops listening; call it
 * once nobody waits any more. Many may wait for one signal at the same time: that is no leak, so Node need not warn of one.
 */
export function whenAborted(signal: AbortSignal, listener: () => void): () => void {
  setMaxListeners(0, signal);
  // eslint-disable-next-line no-restricted-syntax -- this is the one place
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}

/** Somebody who may stop waiting. The signal may be made at the first look at it: who need not wait does not look. */
export interface Abortable {
  readonly signal: AbortSignal;
}

/** Aborts with the first of several signals. It listens to all of them until then. */
export function firstOf(signals: readonly AbortSignal[]): AbortSignal {
  const first = new AbortController();
  const listening: (() => void)[] = [];
  ends.set(first.signal, Math.min(...signals.map(endOf)));
  for (const signal of signals) {
    const follow = () => {
      for (const stop of listening) stop();
      first.abort(signal.reason);
    };
    if (signal.aborted) {
      follow();
      break;
    }
    listening.push(whenAborted(signal, follow));
  }
  return first.signal;
}

/** Whether a signal aborted with this reason because of a time-out. */
export const isTimeout = (reason: unknown): boolean => (reason as { name?: unknown } | null)?.name === "TimeoutError";

/** A time-out that says what was awaited. */
export class Overdue extends DOMException {
  constructor(waitedFor: string) {
    super(waitedFor, "TimeoutError");
  }
}

/** Aborts after `ms` with a TimeoutError. It keeps no process alive. */
export function timeoutSignal(ms: number): AbortSignal {
  return withTimeout(undefined, ms);
}

/** Aborts with the given signal or after `ms` with a TimeoutError, whichever comes first. */
export function withTimeout(signal: AbortSignal | undefined, ms: number): AbortSignal {
  if (signal?.aborted) return signal;
  const either = new AbortController();
  ends.set(either.signal, Math.min(signal === undefined ? Infinity : endOf(signal), monotonicMs() + ms));
  const end = () => {
    clearTimeout(timer);
    stopListening?.();
  };
  const timer = setTimeout(
    () => {
      end();
      either.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    },
    // A longer timer would fire at once.
    Math.min(ms, LONGEST_TIMER_MS),
  ).unref();
  const follow = () => {
    end();
    either.abort(signal?.reason);
  };
  const stopListening = signal && whenAborted(signal, follow);
  running.set(either.signal, end);
  return either.signal;
}

/** What ends the timer of a signal that {@link withTimeout} made. */
const running = new WeakMap<AbortSignal, () => void>();

/** Ends the timer of a signal that {@link withTimeout} made, once nobody waits for it any more. It never aborts then. */
export function letGo(signal: AbortSignal): void {
  running.get(signal)?.();
}

/** The times at which signals abort with a TimeoutError, by the monotonic clock. */
const ends = new WeakMap<AbortSignal, number>();

const endOf = (signal: AbortSignal) => ends.get(signal) ?? Infinity;

/** The milliseconds until a signal times out; Infinity for one without a time-out. */
export function remainingMs(signal: AbortSignal): number {
  return endOf(signal) - monotonicMs();
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;
