import { whenAborted } from "../core/signals";
import http from "node:http";
import https from "node:https";
import type { ServerCertificate } from "../core/certificate-expiry";
import type { AxiosInstance, AxiosStatic } from "axios" with { "resolution-mode": "import" };
import type { Agents } from "./agents";
import { classify } from "./failure";
import type { Proxy } from "./proxy";
import type { FailedAttempt } from "./retry";
import { certificateOf } from "./server-certificate";
import { TransportError } from "./transport-error";
import type { OutgoingRequest } from "./types";

/** A response before it is interpreted. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const LARGEST_BODY = 64 * 1024 * 1024;

/** Sends one attempt through axios, which leaves bodies and redirects alone: the client decides about those. */
export class Transport {
  private readonly instance: AxiosInstance;

  constructor(
    axios: Pick<AxiosStatic, "create">,
    agents: Agents,
    private readonly timeoutMs: number,
    private onCertificate?: (certificate: ServerCertificate) => void,
  ) {
    const unchanged = (data: unknown) => data;
    this.instance = axios.create({
      ...agents,
      adapter: "http",
      responseType: "text",
      transformRequest: unchanged,
      transformResponse: unchanged,
      validateStatus: null,
      maxRedirects: 0,
      maxContentLength: LARGEST_BODY,
    });
  }

  async send(
    request: OutgoingRequest,
    headers: Readonly<Record<string, string>>,
    proxy: Proxy | undefined,
  ): Promise<RawResponse> {
    const { signal } = request;
    const stop = new AbortController();
    let timedOut = false;
    let sent = false;
    // The network does not follow a test's clock: this time-out uses real time.
    const timer = setTimeout(() => {
      timedOut = true;
      stop.abort();
    }, this.timeoutMs);
    const abort = () => stop.abort();
    if (signal.aborted) abort();
    const stopListening = whenAborted(signal, abort);
    try {
      const {
        status,
        headers: received,
        data,
      } = await this.instance.request<string>({
        method: request.method,
        url: request.url,
        headers: headers as Record<string, string>,
        data: request.body === "" ? undefined : request.body,
        signal: stop.signal,
        proxy: proxy === undefined ? false : proxy,
        // This is the only way to learn whether the request had left when no answer comes, and over which connection an
        // answer came.
        transport: watched(
          () => (sent = true),
          (response) => this.look(response),
        ),
      });
      return { status, headers: received as Record<string, unknown>, text: typeof data === "string" ? data : "" };
    } catch (cause) {
      const attempt: FailedAttempt = timedOut
        ? { failure: "timeout", sent }
        : signal.aborted
          ? { failure: "aborted", sent }
          : classify(cause, sent);
      const message = timedOut ? `no answer within ${this.timeoutMs / 1000} s` : (cause as Error).message;
      throw new TransportError(attempt, message || attempt.failure, { cause });
    } finally {
      clearTimeout(timer);
      stopListening();
    }
  }

  private look(response: http.IncomingMessage): void {
    const certificate = this.onCertificate && certificateOf(response.socket);
    if (certificate === undefined) return;
    this.onCertificate?.(certificate);
    this.onCertificate = undefined;
  }
}

type Transported = { request: typeof http.request };

function watched(onSent: () => void, onAnswer: (response: http.IncomingMessage) => void): Transported {
  const request = (options: http.RequestOptions, answer: (response: http.IncomingMessage) => void) => {
    const outgoing = (options.protocol === "https:" ? https : http).request(options, answer);
    outgoing.once("finish", onSent).once("response", onAnswer);
    return outgoing;
  };
  return { request: request as typeof http.request };
}
