import type { FailedAttempt } from "./retry";

/** An attempt that got no answer. */
export class TransportError extends Error {
  constructor(
    readonly attempt: FailedAttempt,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "TransportError";
  }
}
