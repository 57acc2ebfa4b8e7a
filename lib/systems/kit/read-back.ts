import { elapsed, type Clock } from "../../core/clock";

/** The last reading, and whether it was as wanted. */
export interface ReadBack<T> {
  readonly value: T;
  readonly right: boolean;
}

export interface ReadBackOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a system may go on showing what was before. @default a minute */
  readonly withinMs?: number;
}

const WITHIN_MS = 60_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/**
 * Reads until what was written shows. No answer to a write is believed by its status alone, and one look that still shows
 * what was before is no proof either: many systems answer before all of them know.
 */
export async function readBack<T>(
  { clock, signal, withinMs = WITHIN_MS }: ReadBackOptions,
  read: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<ReadBack<T>> {
  const end = elapsed(clock) + withinMs;
  for (let look = 0; ; look++) {
    const value = await read();
    if (isRight(value)) return { value, right: true };
    const left = end - elapsed(clock);
    if (left <= 0) return { value, right: false };
    await clock.sleep(Math.min(FIRST_WAIT_MS * 2 ** look, LONGEST_WAIT_MS, left), signal);
  }
}
