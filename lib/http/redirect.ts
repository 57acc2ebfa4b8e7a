import type { HttpResponse, OutgoingRequest } from "./types";
import { showableUrl } from "./url";

/** The target of a redirect for a message: " to https://login.example.com/"; empty for an answer that is no redirect. */
export function redirectedTo({ status, headers, redact = (text) => text }: HttpResponse): string {
  const location = headers["location"];
  return status < 300 || status > 399 || !location ? "" : ` to ${showableUrl(redact(location))}`;
}

/**
 * The target of a redirect that may be followed: it has the same origin, so that credentials never reach another host, and
 * does not turn a write into a read.
 */
export function sameOriginTarget(response: HttpResponse, request: OutgoingRequest): string | undefined {
  const location = response.headers["location"];
  if (location === undefined) return undefined;
  const keepsMethod = response.status === 307 || response.status === 308;
  if (!keepsMethod && !([301, 302].includes(response.status) && request.method === "GET")) return undefined;
  try {
    const target = new URL(location, request.url);
    return target.origin === new URL(request.url).origin ? target.href : undefined;
  } catch {
    return undefined;
  }
}
