import { isPositive, type Reply } from "../smtp/reply";

/**
 * `accepted`: the server accepted the message for this receiver or, where nothing was sent, the receiver. `refused`:
 * permanently; `deferred`: temporarily. `unknown`: the answer was lost. `untried`: the test did not get that far.
 */
export type ReceiverStatus = "accepted" | "refused" | "deferred" | "unknown" | "untried";

/** The result for one receiver. */
export interface ReceiverResult {
  readonly address: string;
  readonly status: ReceiverStatus;
  /** The server's last answer about it. */
  readonly reply?: string;
  /** How often the server was asked; more than once where it greylists. */
  readonly attempts: number;
  /** What to do, where it is not accepted. */
  readonly remedy?: string;
}

/** The result for receivers that were not tried. */
export function untried(receivers: readonly string[]): readonly ReceiverResult[] {
  return receivers.map((address) => ({ address, status: "untried", attempts: 0 }));
}

/** The result for a receiver, from the server's answer. */
export function receiverResult(address: string, reply: Reply | undefined, attempts: number): ReceiverResult {
  if (!reply) return { address, status: "unknown", attempts };
  const { text } = reply;
  if (isPositive(reply)) return { address, status: "accepted", reply: text, attempts };
  return { address, status: reply.code < 500 ? "deferred" : "refused", reply: text, attempts };
}
