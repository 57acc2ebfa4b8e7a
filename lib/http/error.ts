import type { HttpFailure, HttpResponse } from "./types";

interface HttpErrorOptions extends ErrorOptions {
  /** @default 1 */
  readonly attempts?: number;
}

/** A request that got no acceptable answer. Systems turn it into a catalogued problem. */
export class HttpError extends Error {
  /** The number of attempts. */
  readonly attempts: number;

  constructor(
    readonly failure: HttpFailure,
    readonly method: string,
    /** The URL without secrets in its query. */
    readonly url: string,
    /** Already redacted. */
    message: string,
    /** Present when `failure` is "status". */
    readonly response?: HttpResponse,
    /** True when the request may have been carried out although no answer confirms it. */
    readonly effectUnknown = false,
    { attempts = 1, ...options }: HttpErrorOptions = {},
  ) {
    super(message, options);
    this.name = "HttpError";
    this.attempts = attempts;
  }

  /** The same failure, seen from the request that this one served. */
  withoutEffect(): HttpError {
    const { failure, method, url, message, response, attempts, cause } = this;
    return new HttpError(failure, method, url, message, response, false, {
      attempts,
      ...(cause !== undefined && { cause }),
    });
  }

  get status(): number | undefined {
    return this.response?.status;
  }

  get requestId(): string | undefined {
    return this.response?.requestId;
  }
}
