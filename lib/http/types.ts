import type { ServerCertificate } from "../core/certificate-expiry";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { Logger } from "../core/log";
import type { HttpLimits } from "./limits";

/** The options of an HTTP client, which are the same for all requests to one system. */

export interface HttpClientOptions {
  /** For messages: "OVHcloud API". */
  readonly name: string;
  /** Without a trailing slash. Plain HTTP is accepted for loopback only. */
  readonly baseUrl: string;
  readonly authenticator?: Authenticator;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** A random number from 0 (inclusive) to 1 (exclusive), which spreads retries. */
  readonly random: () => number;
  /** The source of proxy variables (`HTTPS_PROXY`, `NO_PROXY`, …). */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** PEM certificates trusted besides the well-known ones. */
  readonly ca?: string;
  /** How long an answer may take, and how often a request is repeated. @default {@link DEFAULT_LIMITS} */
  readonly limits?: HttpLimits;
  /** @default 10 */
  readonly maxConcurrent?: number;
  /** @default unlimited */
  readonly maxPerSecond?: number;
  /** The response header that holds the id of the request, such as `x-ovh-queryid`. */
  readonly requestIdHeader?: string;
  readonly userAgent?: string;
  /** Called once, with the certificate of the first answer over TLS. @default not called */
  readonly onCertificate?: (certificate: ServerCertificate) => void;
  /** Observes all requests and answers. @default none */
  readonly interceptor?: HttpInterceptor;
}

/** Observes the traffic between a client and the network, and may refuse to send. */
export interface HttpInterceptor {
  /**
   * Called before each attempt, including repeated and redirected ones. If it throws, nothing is sent and the error is
   * passed on.
   */
  sending(request: OutgoingRequest): void;
  /** Called with every answer, whatever its status. */
  answered(request: OutgoingRequest, response: HttpResponse, milliseconds: number): void;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Appended to the base URL; segments already encoded (see `path`). */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /**
   * Whether a repetition is harmless. `safe` retries on 429, 5xx and broken connections; `once` retries only what certainly
   * had no effect (429, 503 with Retry-After, connection refused).
   *
   * @default safe for GET, PUT and DELETE; once for others
   */
  readonly retry?: "safe" | "once";
  /** Statuses besides 2xx that are an answer, not an error. */
  readonly accept?: readonly number[];
  /** Skips the authenticator, for the login itself. */
  readonly anonymous?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON when the body is JSON, else undefined. */
  readonly data: unknown;
  /** The body for quotation: secrets are masked. */
  readonly text: string;
  readonly requestId?: string;
  /** Masks secrets in words taken from {@link data}; call it before they are cut. @default masks nothing */
  readonly redact?: (text: string) => string;
}

/** The request exactly as it will be sent, so that a signature covers what is sent. */
export interface OutgoingRequest {
  readonly method: string;
  /** The absolute URL, query included. */
  readonly url: string;
  /** The exact text of the body, empty when there is none. */
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface Authenticator {
  /**
   * Whether an answer means that the credentials were refused and a renewal may help.
   *
   * @default status 401
   */
  refuses?(response: HttpResponse, request: OutgoingRequest): boolean;
  /** Starts what the first request would otherwise wait for. It must not throw: that request reports the failure. */
  prepare?(): void;
  /** The headers that authenticate a request. */
  authorize(request: OutgoingRequest): Promise<Record<string, string>>;
  /**
   * Called once when an authorised request is refused; true means that the credentials were renewed and the request may be
   * tried once more. Concurrent refusals must lead to one renewal.
   */
  renew?(refusal: HttpResponse, request: OutgoingRequest): Promise<boolean>;
}

/** The reason why a request failed, in terms that a person can act on. */
export type HttpFailure =
  | "dns" // the name does not resolve
  | "refused" // nobody listens
  | "timeout" // no answer in time
  | "reset" // the connection broke
  | "tls" // certificate or handshake
  | "status" // an answer, but an error
  | "aborted"; // we were told to stop
