import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { MailNotice } from "./mail";

/** What the ways need of the world. */
export interface NotifyRuntime {
  /** Has the URLs, the proxies, and the variables of the job. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Learns every URL and token before it is used. */
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** 0 (inclusive) to 1 (exclusive); spreads retries. */
  readonly random: () => number;
  /** Ends all ways that are still under way. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
  /** How long an answer may take, in milliseconds; a way as a whole may take three times as long. @default 10,000 */
  readonly timeoutMs?: number;
  /** Tells `ok` by webhook, slack and teams as well. @default false */
  readonly tellOk?: boolean;
  /** Sends by the second relay; rejects with a `ProblemError`. @default there is none, and `mail` fails */
  readonly sendMail?: (notice: MailNotice, signal: AbortSignal) => Promise<void>;
  /** Whose issues count. @default the account of the token */
  readonly author?: string | undefined;
}

export const DEFAULT_TIMEOUT_MS = 10_000;
