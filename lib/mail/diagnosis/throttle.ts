import { elapsed, type Clock } from "../../core/clock";

/** At most one test mail in this time to the same server and receivers. */
export const THROTTLE_MS = 5_000;

/** By clock, because every run of the provider is a process and has one. */
const nextFree = new WeakMap<Clock, Map<string, number>>();

/**
 * Waits for this mail's turn, and resolves with the milliseconds waited. A fleet whose members all test
 * the same relay would otherwise look to it like an attack, and to the receivers like one too.
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
