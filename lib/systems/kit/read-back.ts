import { elapsed, type Clock } from "../../core/clock";

/** The last reading, and whether it had the desired result. */
export interface ReadBack<T> {
  readonly value: T;
  readonly right: boolean;
}

export interface ReadBackOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a system may keep showing the old state. @default a minute */
  readonly withinMs?: number;
}

const WITHIN_MS = 60_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/**
 * Reads until a write shows. The status of an answer proves nothing, and neither does one reading of the old state: many
 * systems answer before all of their parts know.
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
