import type { ServerCertificate } from "../core/certificate-expiry";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { Logger } from "../core/log";
import type { HttpLimits } from "./limits";

/** The contract between the one HTTP client and the systems that use it. */

export interface HttpClientOptions {
  /** For messages: "OVHcloud API". */
  readonly name: string;
  /** Without a trailing slash. Plain HTTP is accepted for loopback only. */
  readonly baseUrl: string;
  readonly authenticator?: Authenticator;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** 0 (inclusive) to 1 (exclusive); spreads retries. */
  readonly random: () => number;
  /** Proxy variables (`HTTPS_PROXY`, `NO_PROXY`, …) are read from here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** PEM certificates trusted besides the well-known ones. */
  readonly ca?: string;
  /** How long an answer may take, and how often it is asked for. @default {@link DEFAULT_LIMITS} */
  readonly limits?: HttpLimits;
  /** @default 10 */
  readonly maxConcurrent?: number;
  /** @default unlimited */
  readonly maxPerSecond?: number;
  /** The response header in which the vendor names the request, e.g. `x-ovh-queryid`. */
  readonly requestIdHeader?: string;
  readonly userAgent?: string;
  /** Called once, with the certificate of the first answer over TLS. @default nobody asks */
  readonly onCertificate?: (certificate: ServerCertificate) => void;
  /** Sees all that leaves and comes back. @default nobody does */
  readonly interceptor?: HttpInterceptor;
}

/** Stands between a client and the network: for those who must be sure of what is sent. */
export interface HttpInterceptor {
  /** Called before each attempt, renewed and redirected ones too. What it throws is thrown, and nothing is sent. */
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
   * Whether a repeat is harmless. `safe` retries on 429, 5xx and broken connections; `once` retries
   * only what surely had no effect (429, 503 with Retry-After, connection refused). @default safe for GET, PUT and DELETE; once for others
   */
  readonly retry?: "safe" | "once";
  /** Statuses that are an answer, not an error, beside 2xx. */
  readonly accept?: readonly number[];
  /** Skips the authenticator: for the login call itself. */
  readonly anonymous?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON when the body is JSON, else undefined. */
  readonly data: unknown;
  /** The body as it may be quoted: secrets are masked. */
  readonly text: string;
  readonly requestId?: string;
  /** Masks secrets in words taken out of {@link data}, to be called before they are cut. @default nothing is known to mask */
  readonly redact?: (text: string) => string;
}

/** The request as it will be sent, for signatures: what is signed is what is sent. */
export interface OutgoingRequest {
  readonly method: string;
  /** Absolute, query included. */
  readonly url: string;
  /** Exact body text, empty when there is none. */
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface Authenticator {
  /**
   * Whether an answer means that the credentials were refused and renewing them may help.
   * @default status 401
   */
  refuses?(response: HttpResponse): boolean;
  /** Begins what the first request would have to wait for. Must not throw: what fails is told by that request. */
  prepare?(): void;
  /** The headers that prove who we are. */
  authorize(request: OutgoingRequest): Promise<Record<string, string>>;
  /**
   * Called once when an authorised request is refused; true means the credentials were renewed and
   * the request may be tried once more. Concurrent refusals must lead to one renewal.
   */
  renew?(refusal: HttpResponse, request: OutgoingRequest): Promise<boolean>;
}

/** Why a request failed, in terms a person can act on. */
export type HttpFailure =
  | "dns" // the name does not resolve
  | "refused" // nobody listens
  | "timeout" // no answer in time
  | "reset" // the connection broke
  | "tls" // certificate or handshake
  | "status" // an answer, but an error
  | "aborted"; // we were told to stop
