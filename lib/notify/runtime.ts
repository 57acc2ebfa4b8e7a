import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { MailNotice } from "./mail";

/** What notifications need from their surroundings. */
export interface NotifyRuntime {
  /** Holds the URLs, the proxies, and the variables of the job. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Learns every URL and token before it is used. */
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** 0 (inclusive) to 1 (exclusive); spreads retries. */
  readonly random: () => number;
  /** Aborts all channels that are still busy. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
  /**
   * How long a request may take, in milliseconds; a channel as a whole may take three times as long. @default 10,000
   */
  readonly timeoutMs?: number;
  /** Announces `ok` by webhook, slack and teams as well. @default false */
  readonly announceOk?: boolean;
  /** Sends mail by the second relay; rejects with a `ProblemError`. @default none: the channel `mail` fails */
  readonly sendMail?: (notice: MailNotice, signal: AbortSignal) => Promise<void>;
  /** The account whose issues are the pipeline's own. @default the account of the token */
  readonly author?: string | undefined;
}

export const DEFAULT_TIMEOUT_MS = 10_000;
