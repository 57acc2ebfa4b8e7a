import { silentLogger } from "../core/log";
import { printable } from "../core/printable";
import { ProblemError } from "../core/problem";
import { HttpError, requestOnce, type HttpResponse } from "../http";
import { notConfirmed, refusedBy } from "./errors";
import { DEFAULT_TIMEOUT_MS, type NotifyRuntime } from "./runtime";
import { addSecretUrl } from "./secret-url";
import { nameOf, type UrlChannel } from "./channel";

/** What is sent to a URL, and which answer counts as success. */
export interface NotificationRequest {
  readonly kind: UrlChannel;
  readonly variable: string;
  /** The URL: the value of the variable, filled in. */
  readonly url: string;
  /** Sent by POST. @default nothing, by GET */
  readonly body?: unknown;
  /** Whether the answer confirms receipt; its status alone does not. */
  readonly isTaken: (response: HttpResponse) => boolean;
  /** What {@link isTaken} expects, in words. */
  readonly expected: string;
}

const LONGEST_ANSWER = 200;

/**
 * Sends a request, and repeats it once where that cannot announce anything twice.
 *
 * @throws ProblemError `notify/refused`, `notify/no-answer`, `notify/not-confirmed`
 */
export async function sendRequest(
  asked: NotificationRequest,
  runtime: NotifyRuntime,
  signal: AbortSignal,
): Promise<void> {
  const { kind, url, body, expected } = asked;
  const { environment, redactor, clock, random, userAgent, timeoutMs = DEFAULT_TIMEOUT_MS } = runtime;
  const name = nameOf(asked);
  addSecretUrl(redactor, url);
  try {
    const response = await requestOnce(
      url,
      { method: body === undefined ? "GET" : "POST", body, signal, headers: { Accept: "*/*" } },
      { name, clock, log: silentLogger, redactor, random, environment, userAgent, timeoutMs },
    );
    if (asked.isTaken(response)) return;
    const { status, text } = response;
    const answer = `${status} ${printable(text, LONGEST_ANSWER)}`;
    throw new ProblemError(notConfirmed(kind, name, redactor.redact(answer), expected));
  } catch (error) {
    throw error instanceof HttpError ? new ProblemError(refusedBy(kind, name, error)) : error;
  }
}
