import { elapsed, type Clock } from "../../core/clock";

/** At most one test mail in this time to the same server and receivers. */
export const THROTTLE_MS = 5_000;

/** By clock: every run of the provider is a process with one clock. */
const nextFree = new WeakMap<Clock, Map<string, number>>();

/**
 * Waits for this mail's start, and resolves with the milliseconds waited. Many tests of one relay at the same time would
 * otherwise look like an attack to the relay and to the receivers.
 */
export async function throttle(
  server: { readonly host: string; readonly port: number; readonly to: readonly string[] },
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const key = JSON.stringify([server.host.toLowerCase(), server.port, [...server.to].sort()]);
  const starts = nextFree.get(clock) ?? new Map<string, number>();
  nextFree.set(clock, starts);
  const now = elapsed(clock);
  const start = Math.max(now, starts.get(key) ?? 0);
  starts.set(key, start + THROTTLE_MS);
  if (start > now) await clock.sleep(start - now, signal);
  return start - now;
}
