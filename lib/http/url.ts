import { withoutTrailing } from "../core/trailing";
import { ProblemError } from "../core/problem";
import { badBaseUrl, badPathSegment, credentialsInUrl, plainHttp } from "./errors";
import type { HttpRequest } from "./types";

/**
 * Builds a path whose variable parts cannot leave their segment: path`/dedicatedCloud/${serviceName}/vrops`. Throws for an
 * empty part and for `.` and `..`, which are resolved however they are encoded.
 */
export function path(literals: TemplateStringsArray, ...segments: readonly (string | number)[]): string {
  return literals.reduce((done, literal, index) => {
    const segment = String(segments[index - 1]);
    if (segment === "" || segment === "." || segment === "..") throw new ProblemError(badPathSegment(segment));
    return done + encodeURIComponent(segment) + literal;
  });
}

/**
 * Returns the base URL without trailing slash. Throws a `ProblemError` when it is not a URL or would send secrets
 * unencrypted.
 */
export function safeBaseUrl(name: string, baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new ProblemError(badBaseUrl(name, baseUrl));
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new ProblemError(badBaseUrl(name, baseUrl));
  if (url.username || url.password) throw new ProblemError(credentialsInUrl(name));
  if (url.protocol === "http:" && !isLoopback(url.hostname)) throw new ProblemError(plainHttp(name, baseUrl));
  return withoutTrailing(url.origin + url.pathname, "/");
}

/** Whether a host is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    hostname === "::1" ||
    // WHATWG URLs turn every spelling of an IPv4 address into four numbers.
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** The absolute URL exactly as it is sent, so that it can be signed. */
export function absoluteUrl(baseUrl: string, requestPath: string, query: HttpRequest["query"]): string {
  let url = baseUrl + requestPath;
  if (query !== undefined) {
    const pairs: string[] = [];
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    }
    if (pairs.length > 0) url += (requestPath.includes("?") ? "&" : "?") + pairs.join("&");
  }
  return new URL(url).href;
}

const PARAMETER = /(?<=[?&])([^?=&#]+)=[^&#]*/g;
const SECRET_NAME = /token|secret|password|passwd|api[-_]?key|signature/i;

/** The URL for messages, without secrets. */
export function showableUrl(url: string): string {
  return url.replace(PARAMETER, (whole, name: string) => (SECRET_NAME.test(name) ? `${name}=(redacted)` : whole));
}
