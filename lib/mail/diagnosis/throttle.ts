import { elapsed, type Clock } from "../../core/clock";

/** At most one test mail in this time to the same server and receivers. */
export const THROTTLE_MS = 5_000;

/** By clock: every run of the provider is a process with one clock. */
const nextFree = new WeakMap<Clock, Map<string, number>>();

/**
 * Waits for this mail's turn, and resolves with the milliseconds waited. Many tests of one relay at the same time would
 * otherwise look like an attack to the relay and to the receivers.
 */
export async function throttle(
  server: { readonly host: string; readonly port: number; readonly to: readonly string[] },
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const key = JSON.stringify([server.host.toLowerCase(), server.port, [...server.to].sort()]);
  const turns = nextFree.get(clock) ?? new Map<string, number>();
  nextFree.set(clock, turns);
  const now = elapsed(clock);
  const turn = Math.max(now, turns.get(key) ?? 0);
  turns.set(key, turn + THROTTLE_MS);
  if (turn > now) await clock.sleep(turn - now, signal);
  return turn - now;
}
