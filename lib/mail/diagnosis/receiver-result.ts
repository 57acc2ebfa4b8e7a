import { isPositive, type Reply } from "../smtp/reply";

/**
 * `accepted`: the server took the message for this receiver, or would so far where nothing was sent.
 * `refused` for good, `deferred` for now. `unknown`: it was asked, and its answer was lost. `untried`: the
 * test did not get that far.
 */
export type ReceiverStatus = "accepted" | "refused" | "deferred" | "unknown" | "untried";

/** What became of one receiver. */
export interface ReceiverResult {
  readonly address: string;
  readonly status: ReceiverStatus;
  /** The server's last words about it. */
  readonly reply?: string;
  /** How often the server was asked; more than once where it greylists. */
  readonly attempts: number;
  /** What to do, where it is not accepted. */
  readonly remedy?: string;
}

/** Nobody was asked about these. */
export function untried(receivers: readonly string[]): readonly ReceiverResult[] {
  return receivers.map((address) => ({ address, status: "untried", attempts: 0 }));
}

/** What the server's answer means for the receiver. */
export function receiverResult(address: string, reply: Reply | undefined, attempts: number): ReceiverResult {
  if (!reply) return { address, status: "unknown", attempts };
  const { text } = reply;
  if (isPositive(reply)) return { address, status: "accepted", reply: text, attempts };
  return { address, status: reply.code < 500 ? "deferred" : "refused", reply: text, attempts };
}
