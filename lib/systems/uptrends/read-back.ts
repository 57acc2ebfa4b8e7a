import type { Clock } from "../../core/clock";

/** Uptrends answers a write with nothing (204), and a read right after it may still be the old one. */
const LOOKS = 6;
const FIRST_WAIT_MS = 200;

/**
 * Reads until what was written shows, for a few seconds.
 *
 * @returns the last reading and whether it was right
 */
export async function readBack<T>(
  clock: Clock,
  signal: AbortSignal,
  read: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<{ readonly value: T; readonly right: boolean }> {
  for (let look = 0; ; look++) {
    const value = await read();
    if (isRight(value)) return { value, right: true };
    if (look === LOOKS - 1) return { value, right: false };
    await clock.sleep(FIRST_WAIT_MS * 2 ** look, signal);
  }
}
