import { reasonOf, type Clock } from "../../core/clock";
import { Overdue, whenAborted } from "../../core/signals";
import { timeSpan } from "../../core/time-span";
import type { Detection } from "../detection";

/** What a round came to. */
export type Outcome =
  | { readonly detection: Detection }
  | { readonly error: unknown }
  /** Its time was over, and it did not even end when it was asked to; `ended` resolves when it has. */
  | { readonly ended: Promise<void> };

export interface RoundLimits {
  readonly clock: Clock;
  /** Ends the round with everything else. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Terraform is asked first and killed after ten seconds. */
const GRACE_MS = 30_000;

/**
 * Makes one detection within its time. Whatever happens, it resolves soon after that: when the detection ends because its
 * signal aborts, else without it.
 */
export async function oneRound(
  detect: (signal: AbortSignal) => Promise<Detection>,
  { clock, signal, timeoutMs }: RoundLimits,
): Promise<Outcome> {
  const round = new AbortController();
  const over = new AbortController();
  const stopListening = whenAborted(signal, () => round.abort(reasonOf(signal)));
  const overdue = new Overdue(`the round had not ended after ${timeSpan(timeoutMs)}`);
  try {
    // What it throws at once is caught as well.
    const made = Promise.resolve(round.signal)
      .then(detect)
      .then(
        (detection): Outcome => (round.signal.aborted ? { error: round.signal.reason } : { detection }),
        (error: unknown): Outcome => ({ error: round.signal.aborted ? round.signal.reason : error }),
      );
    const stopped = (async (): Promise<Outcome> => {
      await Promise.race([clock.sleep(timeoutMs, over.signal), aborted(signal, over.signal)]);
      round.abort(overdue);
      await clock.sleep(GRACE_MS, over.signal);
      return { ended: made.then(() => undefined) };
    })();
    // When the round is over, its waits end by being aborted.
    stopped.catch(() => undefined);
    return await Promise.race([made, stopped]);
  } finally {
    stopListening();
    over.abort();
  }
}

/** Resolves when the signal aborts; rejects when it is no longer of interest. */
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
