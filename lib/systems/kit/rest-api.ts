import type * as z from "../../core/zod";
import { ProblemError, type Problem } from "../../core/problem";
import { HttpClient } from "../../http/client";
import { HttpError } from "../../http/error";
import type { HttpClientOptions, HttpRequest, HttpResponse } from "../../http/types";
import { callWords, type CallWords, type Refusals } from "./refusals";
import type { ApiRuntime } from "./system";
import { isPage, vendorText } from "./vendor-text";
import type { ApiWords } from "./words";

/** A failed call in the system's words, with the data of the HTTP client for callers that need to decide. */
export class CallError extends ProblemError {
  constructor(
    problem: Problem,
    readonly failed: HttpError,
  ) {
    super(problem);
    this.name = "CallError";
  }

  get status(): number | undefined {
    return this.failed.status;
  }

  /** Whether the call may have taken effect although it failed. A 500 counts: it may also follow a write. */
  get mayHaveHappened(): boolean {
    return this.failed.effectUnknown || (this.failed.status ?? 0) >= 500;
  }
}

/** The options of a system's API. */
export interface ApiOptions extends Pick<
  HttpClientOptions,
  "baseUrl" | "authenticator" | "maxConcurrent" | "maxPerSecond" | "requestIdHeader"
> {
  readonly words: ApiWords;
  readonly runtime: ApiRuntime;
  /** Sent with every request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** The particulars of this API's refusals. @default the standard problems, by status */
  readonly refusals?: Refusals;
}

/** Opens an API without sending anything. */
export function openApi({ words, runtime, headers, refusals, ...options }: ApiOptions): RestApi {
  const http = new HttpClient({ ...runtime, name: words.title, ...options });
  const send = (request: HttpRequest) =>
    http.request(headers === undefined ? request : { ...request, headers: { ...headers, ...request.headers } });
  return new RestApi(send, callWords(words, refusals), () => http.close());
}

/** Calls a vendor's REST API and accepts only answers in the agreed form. `doing` completes "could not …". */
export class RestApi {
  constructor(
    private readonly send: (request: HttpRequest) => Promise<HttpResponse>,
    private readonly words: CallWords,
    /** Closes idle connections. */
    readonly close: () => void = () => undefined,
  ) {}

  async call(doing: string, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.send(request);
    } catch (error) {
      // The reason of an abort is known to whoever aborted.
      if (!(error instanceof HttpError) || error.failure === "aborted") throw error;
      throw new CallError(this.words.callFailed(doing, error), error);
    }
  }

  /** Makes a call that changes something: its answer must pass {@link refusePage}. */
  async write(doing: string, request: HttpRequest): Promise<HttpResponse> {
    const response = await this.call(doing, request);
    this.refusePage(doing, response);
    return response;
  }

  /**
   * Refuses a successful answer that is a web page: it comes from a server or proxy on the way, so the result of the call is
   * unknown.
   *
   * @throws ProblemError `…/unexpected-answer` for a page with a status of success
   */
  refusePage(doing: string, response: HttpResponse): void {
    if (response.status >= 300 || !isPage(response)) return;
    const problem = this.words.unexpectedAnswer(doing, "a web page");
    throw new ProblemError({ ...problem, evidence: vendorText(response) });
  }

  async read<T>(doing: string, schema: z.ZodMiniType<T>, request: HttpRequest): Promise<T> {
    return this.parse(doing, schema, await this.call(doing, request));
  }

  parse<T>(doing: string, schema: z.ZodMiniType<T>, response: HttpResponse): T {
    const parsed = schema.safeParse(response.data);
    if (parsed.success) return parsed.data;
    // Places, never values: answers may hold secrets.
    const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`);
    throw new ProblemError(this.words.unexpectedAnswer(doing, issues.slice(0, 5).join("; ")));
  }

  /** The error for a status that was accepted as an answer, but turned out to be a refusal. */
  refusal(doing: string, response: HttpResponse): CallError {
    const failed = new HttpError("status", "", "", `answered ${response.status}`, response);
    return new CallError(this.words.callFailed(doing, failed), failed);
  }
}
