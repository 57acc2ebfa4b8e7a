import type { Clock } from "../core/clock";
import { isMarkup } from "../core/markup";
import type { Logger } from "../core/log";
import type { Redactor } from "../core/redaction";
import { requestOnce } from "../http";

/** What a fetch needs from its surroundings. */
export interface FetchRuntime {
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly random: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
}

const TIMEOUT_MS = 10_000;

/** Fetches public texts, such as policies; an answer that is not text rejects. */
export const textFetcher =
  ({ clock, log, redactor, random, environment, userAgent }: FetchRuntime) =>
  async (url: string, signal: AbortSignal): Promise<string> => {
    const { host } = new URL(url);
    const options = { name: host, clock, log, redactor, random, environment, userAgent, timeoutMs: TIMEOUT_MS };
    const { text } = await requestOnce(url, { method: "GET", signal, headers: { Accept: "text/plain" } }, options);
    if (isMarkup(text)) throw new Error(`${host} answered with a page`);
    return text;
  };
