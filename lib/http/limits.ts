/** The time-outs and retries of the HTTP client; what is omitted has its default. */
export interface HttpLimits {
  /**
   * The time-out of each attempt, from sending to the end of the answer, in milliseconds.
   *
   * @default {@link DEFAULT_LIMITS}
   */
  readonly timeoutMs?: number;
  /**
   * How often a request is repeated, if it may be.
   *
   * @default {@link DEFAULT_LIMITS}, but no repetition after a silence of {@link LONGEST_SILENCE_MS}
   */
  readonly maxRetries?: number;
}

export const DEFAULT_LIMITS = { timeoutMs: 60_000, maxRetries: 4 } as const;

/** A server that has been silent for so long is not asked again, unless the user sets the number of retries. */
export const LONGEST_SILENCE_MS = 120_000;
