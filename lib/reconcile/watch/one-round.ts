import { reasonOf, type Clock } from "../../core/clock";
import { Overdue, whenAborted } from "../../core/signals";
import { timeSpan } from "../../core/time-span";
import type { Detected } from "../fleet/detected";

/** The outcome of a round. */
export type Outcome =
  | { readonly detected: Detected }
  | { readonly error: unknown }
  /** The time was over, and it did not end when it was aborted; `ended` resolves when it has. */
  | { readonly ended: Promise<void> };

export interface RoundLimits {
  readonly clock: Clock;
  /** Aborts the round together with everything else. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Terraform is interrupted first, and killed after ten seconds. */
const GRACE_MS = 30_000;

/**
 * Makes one detection within its time limit. It always resolves soon after the limit: when the detection ends because
 * its signal aborts, else without it.
 */
export async function oneRound(
  detect: (signal: AbortSignal) => Promise<Detected>,
  { clock, signal, timeoutMs }: RoundLimits,
): Promise<Outcome> {
  const round = new AbortController();
  const over = new AbortController();
  const stopListening = whenAborted(signal, () => round.abort(reasonOf(signal)));
  const overdue = new Overdue(`the round had not ended after ${timeSpan(timeoutMs)}`);
  try {
    // Also catches what it throws synchronously.
    const made = Promise.resolve(round.signal)
      .then(detect)
      .then(
        (detected): Outcome => (round.signal.aborted ? { error: round.signal.reason } : { detected }),
        (error: unknown): Outcome => ({ error: round.signal.aborted ? round.signal.reason : error }),
      );
    const stopped = (async (): Promise<Outcome> => {
      await Promise.race([clock.sleep(timeoutMs, over.signal), aborted(signal, over.signal)]);
      round.abort(overdue);
      await clock.sleep(GRACE_MS, over.signal);
      return { ended: made.then(() => undefined) };
    })();
    // The end of the round aborts its waits.
    stopped.catch(() => undefined);
    return await Promise.race([made, stopped]);
  } finally {
    stopListening();
    over.abort();
  }
}

/** Resolves when the signal aborts; rejects when `over` does. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve();
    const stopListening = whenAborted(signal, () => resolve());
    whenAborted(over, () => {
      stopListening();
      reject(reasonOf(over));
    });
  });
}
