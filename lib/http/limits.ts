/** How patient the HTTP client is; what is left out has its default. */
export interface HttpLimits {
  /** For each attempt, from sending to the end of the answer, milliseconds. @default {@link DEFAULT_LIMITS} */
  readonly timeoutMs?: number;
  /**
   * How often a request is repeated that may be repeated.
   * @default {@link DEFAULT_LIMITS}, of which silence is not given one after {@link LONGEST_SILENCE_MS}
   */
  readonly maxRetries?: number;
}

export const DEFAULT_LIMITS = { timeoutMs: 60_000, maxRetries: 4 } as const;

/** Who has not answered for so long is not asked again, unless the user says how often to ask. */
export const LONGEST_SILENCE_MS = 120_000;
