import type { SecureContext } from "node:tls";
import { elapsed, type Clock } from "../core/clock";
import { remainingMs } from "../core/signals";
import type { Agents } from "./agents";
import { excerpt, parseJson } from "./body";
import { HttpError } from "./error";
import { DEFAULT_LIMITS, LONGEST_SILENCE_MS } from "./limits";
import { proxyFor, type Proxy } from "./proxy";
import { PausedTooLong, RateLimiter } from "./rate-limit";
import { redirectedTo, sameOriginTarget } from "./redirect";
import { Renewal } from "./renewal";
import {
  backOffMs,
  isEffectUnknown,
  LONGEST_RETRY_AFTER_MS,
  mayRetry,
  retryAfterMs,
  retryMode,
  type FailedAttempt,
} from "./retry";
import type { RawResponse, Transport } from "./transport";
import { TransportError } from "./transport-error";
import { contextTrusting } from "./trust";
import type { HttpClientOptions, HttpRequest, HttpResponse, OutgoingRequest } from "./types";
import { absoluteUrl, safeBaseUrl, showableUrl } from "./url";

const DEFAULT_CONCURRENCY = 10;
const MOST_REDIRECTS = 3;

/**
 * The client of one outside system: authenticates, limits, retries what is safe to repeat, and distinguishes "it failed"
 * from "it may have happened". Everything that leaves it as text is redacted. The constructor throws a `ProblemError` for an
 * unusable address or CA; `request` throws `HttpError`.
 */
export class HttpClient {
  private readonly baseUrl: string;
  /** The authorities to trust besides the well-known ones. */
  private readonly trusted: SecureContext | undefined;
  private readonly concurrency: number;
  private agents: Agents | undefined;
  private readonly limiter: RateLimiter;
  private readonly renewal: Renewal | undefined;
  private readonly clock: Clock;
  /** The same for all requests: redirects do not leave the origin. */
  private readonly proxy: Proxy | undefined;
  private transport: Promise<Transport> | undefined;

  constructor(private readonly options: HttpClientOptions) {
    this.concurrency = options.maxConcurrent ?? DEFAULT_CONCURRENCY;
    this.clock = options.clock;
    this.baseUrl = safeBaseUrl(options.name, options.baseUrl);
    this.proxy = proxyFor(this.baseUrl, options.environment);
    this.trusted = options.ca === undefined ? undefined : contextTrusting(options.name, options.ca);
    this.limiter = new RateLimiter(options.clock, this.concurrency, options.maxPerSecond);
    this.renewal = options.authenticator && new Renewal(options.authenticator);
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const content = contentOf(request);
    const mode = retryMode(request);
    const { maxRetries } = this.options.limits ?? {};
    const most = 1 + (maxRetries ?? DEFAULT_LIMITS.maxRetries);
    const begun = elapsed(this.clock);
    let url = absoluteUrl(this.baseUrl, request.path, request.query);
    let renewed = false;
    let redirects = 0;
    // A later attempt cannot rule out what an earlier one may have done.
    let mayHaveHappened = false;
    for (let attempt = 1; ; attempt++) {
      const outgoing: OutgoingRequest = { method: request.method, url, body: content.body, signal: request.signal };
      const outcome = await this.attempt(request, outgoing, content.type, attempt);
      if ("response" in outcome) {
        const { response, generation } = outcome;
        if (isFine(response.status, request.accept)) return response;

        if (!renewed && generation !== undefined && this.renewal!.refuses(response, outgoing)) {
          renewed = true;
          if (await this.renewal!.renew(generation, response, outgoing)) {
            attempt--;
            continue;
          }
        }
        const target = redirects < MOST_REDIRECTS ? sameOriginTarget(response, outgoing) : undefined;
        if (target !== undefined) {
          redirects++;
          url = target;
          attempt--;
          continue;
        }
      }
      const failed: FailedAttempt =
        "response" in outcome ? { failure: "status", response: outcome.response, sent: true } : outcome.failed;
      mayHaveHappened ||= isEffectUnknown(request.method, failed, this.clock.now());
      const tooSilent =
        maxRetries === undefined && failed.failure === "timeout" && elapsed(this.clock) - begun >= LONGEST_SILENCE_MS;
      const retry = attempt < most && !tooSilent && mayRetry(mode, failed, this.clock.now());
      const delay = this.delayAfter(failed.response, attempt);
      // A wait that would outlast the time-out is reported at once.
      const tooLong = delay > remainingMs(request.signal);
      if (!retry || tooLong || request.signal.aborted) {
        throw this.error(outgoing, failed, mayHaveHappened, outcome, { attempt, most });
      }
      this.options.log.debug(
        `${this.options.name}: attempt ${attempt} of ${most} failed, next in ${Math.round(delay)} ms`,
      );
      try {
        await this.clock.sleep(delay, request.signal);
      } catch {
        throw this.error(outgoing, { ...failed, failure: "aborted" }, mayHaveHappened, outcome, { attempt, most });
      }
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.agents?.httpAgent.destroy();
    this.agents?.httpsAgent.destroy();
  }

  private async attempt(
    request: HttpRequest,
    outgoing: OutgoingRequest,
    contentType: string | undefined,
    number: number,
  ): Promise<Outcome> {
    const { log, name, requestIdHeader } = this.options;
    const shown = `${outgoing.method} ${showableUrl(outgoing.url)}`;
    let generation: number | undefined;
    let entered = false;
    let started = elapsed(this.clock);
    try {
      const transport = await (this.transport ??= this.load());
      const headers: Record<string, string> = {
        Accept: "application/json",
        "User-Agent": this.options.userAgent ?? "cdktf-provider-outbound",
      };
      if (contentType !== undefined) headers["Content-Type"] = contentType;
      // Logging in sends requests of its own, so a request takes its place in the queue only afterwards.
      if (this.renewal !== undefined && !request.anonymous) {
        await this.renewal.ready(outgoing.signal);
      }
      // A login serves a request that already holds a place: queueing it could deadlock.
      if (!request.anonymous) {
        await this.limiter.acquire(outgoing.signal);
        entered = true;
      }
      // Sign as late as possible: signatures contain the time.
      if (this.renewal !== undefined && !request.anonymous) {
        generation = this.renewal.generation;
        Object.assign(headers, await this.authorize(outgoing));
      }
      Object.assign(headers, request.headers);
      this.options.interceptor?.sending(outgoing);
      started = elapsed(this.clock);
      const raw = await transport.send(outgoing, headers, this.proxy);
      const response = toResponse(raw, requestIdHeader, (text) => this.options.redactor.redact(text));
      log.debug(`${name}: ${shown} -> ${response.status}`, {
        ms: elapsed(this.clock) - started,
        ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
      });
      this.options.interceptor?.answered(outgoing, response, elapsed(this.clock) - started);
      // Before the place goes to the next request: throttling concerns all of them.
      if (response.status === 429) {
        const delay = this.delayAfter(response, number);
        // Nobody waits for longer than that, so the pause is not imposed: every request gets the answer at once.
        if (delay <= LONGEST_RETRY_AFTER_MS) this.limiter.pause(delay, response);
      }
      return { response, generation };
    } catch (cause) {
      // The server has already told another request how long to pause: that answer holds for this one, too.
      if (cause instanceof PausedTooLong) return { response: cause.response, generation };
      const aborted = outgoing.signal.aborted && !(cause instanceof TransportError);
      if (!(cause instanceof TransportError) && !aborted) throw cause;
      const failed: FailedAttempt = aborted ? { failure: "aborted", sent: false } : (cause as TransportError).attempt;
      const error = this.options.redactor.redact((cause as Error).message);
      log.debug(`${name}: ${shown} -> ${failed.failure}`, { ms: elapsed(this.clock) - started, error });
      return { failed, cause: cause as Error };
    } finally {
      if (entered) this.limiter.release();
    }
  }

  private async authorize(outgoing: OutgoingRequest): Promise<Record<string, string>> {
    try {
      return await this.options.authenticator!.authorize(outgoing);
    } catch (error) {
      // The request itself was not sent, whatever happened to the login.
      throw error instanceof HttpError ? error.withoutEffect() : error;
    }
  }

  /** The delay that the server asks for, otherwise one that grows with each attempt. */
  private delayAfter(response: HttpResponse | undefined, attempt: number): number {
    const wanted = response && retryAfterMs(response, this.clock.now());
    return wanted ?? backOffMs(attempt, this.options.random);
  }

  private error(
    outgoing: OutgoingRequest,
    failed: FailedAttempt,
    effectUnknown: boolean,
    outcome: Outcome,
    { attempt, most }: Attempts,
  ): HttpError {
    const url = this.show(outgoing.url);
    const { response } = failed;
    const what =
      "response" in outcome
        ? `answered ${outcome.response.status}${redirectedTo(outcome.response)}${quoted(outcome.response)}`
        : failed.failure === "aborted"
          ? `was given up before ${this.options.name} answered`
          : `failed (${failed.failure}): ${outcome.cause.message}`;
    const tries = attempt > 1 || failed.failure !== "status" ? ` (attempt ${attempt} of ${most})` : "";
    return new HttpError(
      failed.failure,
      outgoing.method,
      url,
      this.options.redactor.redact(`${outgoing.method} ${url} ${what}${tries}`),
      response,
      effectUnknown,
      // axios errors hold headers with credentials: only their words are passed on.
      {
        attempts: attempt,
        ...("cause" in outcome && { cause: new Error(this.options.redactor.redact(outcome.cause.message)) }),
      },
    );
  }

  private show(url: string): string {
    return this.options.redactor.redact(showableUrl(url));
  }

  /** Loads the transport with the first request: a provider that only answers for its schema needs none. */
  private async load(): Promise<Transport> {
    const [{ default: axios }, { createAgents }, { Transport }] = await packagesForRequests();
    const { limits, onCertificate } = this.options;
    this.agents = createAgents(this.concurrency, this.trusted);
    return new Transport(axios, this.agents, limits?.timeoutMs ?? DEFAULT_LIMITS.timeoutMs, onCertificate);
  }
}

const packagesForRequests = () => Promise.all([import("axios"), import("./agents"), import("./transport")]);

/** Loads the packages of the first request ahead of it. Never fails: the request itself reports why it cannot load them. */
export async function prepareRequests(): Promise<void> {
  await packagesForRequests().catch(() => undefined);
}

/** The number of this attempt, and how many are allowed. */
interface Attempts {
  readonly attempt: number;
  readonly most: number;
}

type Outcome =
  | { readonly response: HttpResponse; readonly generation: number | undefined }
  | { readonly failed: FailedAttempt; readonly cause: Error };

function isFine(status: number, accept: readonly number[] | undefined): boolean {
  return (status >= 200 && status < 300) || (accept?.includes(status) ?? false);
}

function contentOf(request: HttpRequest): { readonly body: string; readonly type: string | undefined } {
  if (request.form !== undefined) {
    return { body: new URLSearchParams(request.form).toString(), type: "application/x-www-form-urlencoded" };
  }
  if (request.body !== undefined) return { body: JSON.stringify(request.body), type: "application/json" };
  return { body: "", type: undefined };
}

function toResponse(
  raw: RawResponse,
  requestIdHeader: string | undefined,
  redact: (text: string) => string,
): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw.headers)) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  const requestId = requestIdHeader === undefined ? undefined : headers[requestIdHeader.toLowerCase()];
  let shown: string | undefined;
  return {
    status: raw.status,
    headers,
    data: parseJson(raw.text, headers["content-type"]),
    // Computed on demand: cleaning examines every character, and few texts are quoted.
    get text() {
      return (shown ??= redact(raw.text));
    },
    requestId,
    redact,
  };
}

function quoted(response: HttpResponse): string {
  const id = response.requestId === undefined ? "" : ` (request id ${response.requestId})`;
  const text = excerpt(response.text);
  return text === "" ? id : `${id}: ${text}`;
}
