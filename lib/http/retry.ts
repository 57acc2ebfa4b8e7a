import type { HttpFailure, HttpRequest, HttpResponse } from "./types";

/** The first delay; each further one is longer. */

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
/** A server that asks for a longer pause is reported; nobody waits for it. */
export const LONGEST_RETRY_AFTER_MS = 300_000;

/** The failure of one attempt. */
export interface FailedAttempt {
  readonly failure: HttpFailure;
  readonly response?: HttpResponse;
  /** Whether the whole request was passed to the network. */
  readonly sent: boolean;
  /** Whether a name server failed temporarily, as opposed to "no such name". */
  readonly temporary?: boolean;
}

export function retryMode(request: HttpRequest): "safe" | "once" {
  return request.retry ?? (request.method === "POST" || request.method === "PATCH" ? "once" : "safe");
}

/** Whether another attempt could help and cannot harm. */
export function mayRetry(mode: "safe" | "once", failed: FailedAttempt, now: number): boolean {
  switch (failed.failure) {
    case "aborted":
    case "tls":
      return false;
    case "dns":
      return failed.temporary === true;
    case "refused":
      return true;
    case "reset":
    case "timeout":
      return mode === "safe";
    case "status":
      return mayRetryStatus(mode, failed.response!, now);
  }
}

function mayRetryStatus(mode: "safe" | "once", response: HttpResponse, now: number): boolean {
  const wanted = retryAfterMs(response, now);
  if (wanted !== undefined && wanted > LONGEST_RETRY_AFTER_MS) return false;
  switch (response.status) {
    case 429:
      return true;
    case 503:
      return mode === "safe" || wanted !== undefined;
    case 408:
    case 425:
    case 500:
    case 502:
    case 504:
      return mode === "safe";
    default:
      return false;
  }
}

/** True when the request may have been carried out although nothing confirms it. */
export function isEffectUnknown(method: string, failed: FailedAttempt, now: number): boolean {
  if (method === "GET") return false;
  if (failed.failure !== "status") return failed.sent;
  const { status } = failed.response!;
  if (status === 503) return retryAfterMs(failed.response!, now) === undefined;
  // A gateway's 5xx does not reveal what the service behind it did; 501 and 505 say that nothing was done.
  return status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

/** Exponential back-off, half of it random so that many clients do not return together. `attempt` counts from 1. */
export function backOffMs(attempt: number, random: () => number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return delay / 2 + (delay / 2) * random();
}

/**
 * The delay of `Retry-After`, seconds or an HTTP date, in milliseconds from now.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
  const value = response.headers["retry-after"]?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
