/** The longest time that a mail may have taken. */
export interface Latency {
  readonly ms: number;
  /** The clock that was read. */
  readonly clock: string;
}

const SECOND = 1_000;

/**
 * The lower of two bounds: when the mail was found here, and when the mailbox's server stored it, in whole seconds and
 * by its own clock. Never negative.
 */
export function latencyOf(acceptedAt: number, foundAt: number, storedAt: number | undefined): Latency {
  const observed = Math.max(0, foundAt - acceptedAt);
  const own = { ms: observed, clock: "by this machine's clock" };
  if (storedAt === undefined) return own;
  const stored = storedAt + SECOND - acceptedAt;
  // Stored before it was sent: the clocks differ, and the server's is useless.
  if (stored < 0) return { ...own, clock: `${own.clock}; the mailbox's is behind` };
  return stored < observed ? { ms: stored, clock: "by the mailbox's clock, in whole seconds" } : own;
}
