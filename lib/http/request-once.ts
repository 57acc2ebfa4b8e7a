import { HttpClient } from "./client";
import type { HttpClientOptions, HttpRequest, HttpResponse } from "./types";

/** The client of a single request. */
export interface SingleRequestOptions extends Pick<
  HttpClientOptions,
  "name" | "clock" | "log" | "redactor" | "random" | "environment" | "userAgent"
> {
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

/**
 * Makes one request to a URL that is used for nothing else, and repeats it once where that is safe.
 *
 * @throws HttpError
 */
export async function requestOnce(
  url: string,
  request: Omit<HttpRequest, "path" | "query">,
  { timeoutMs, ...options }: SingleRequestOptions,
): Promise<HttpResponse> {
  const { origin, pathname, search } = new URL(url);
  const client = new HttpClient({ ...options, baseUrl: origin, limits: { timeoutMs, maxRetries: 1 } });
  try {
    return await client.request({ ...request, path: pathname + search });
  } finally {
    client.close();
  }
}
