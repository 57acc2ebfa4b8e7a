/** How long a mail was on its way, at most. */
export interface Latency {
  readonly ms: number;
  /** Whose clock says so. */
  readonly clock: string;
}

const SECOND = 1_000;

/**
 * Two limits, of which the lower one counts: when the mail was found here, and when the mailbox's server
 * stored it, which it knows in whole seconds and by a clock of its own. Never negative.
 */
export function latencyOf(acceptedAt: number, foundAt: number, storedAt: number | undefined): Latency {
  const observed = Math.max(0, foundAt - acceptedAt);
  const own = { ms: observed, clock: "by this machine's clock" };
  if (storedAt === undefined) return own;
  const stored = storedAt + SECOND - acceptedAt;
  // Stored before it was sent: the clocks differ, and nothing can be learnt from the other one.
  if (stored < 0) return { ...own, clock: `${own.clock}; the mailbox's is behind` };
  return stored < observed ? { ms: stored, clock: "by the mailbox's clock, in whole seconds" } : own;
}
