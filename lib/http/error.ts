import type { HttpFailure, HttpResponse } from "./types";

interface HttpErrorOptions extends ErrorOptions {
  /** @default 1 */
  readonly attempts?: number;
}

/** A request that got no acceptable answer. Systems turn it into a catalogued problem. */
export class HttpError extends Error {
  /** How often it was tried. */
  readonly attempts: number;

  constructor(
    readonly failure: HttpFailure,
    readonly method: string,
    /** Without query secrets. */
    readonly url: string,
    /** Already redacted. */
    message: string,
    /** Present when `failure` is "status". */
    readonly response?: HttpResponse,
    /** True when the request may have been carried out although no answer says so. */
    readonly effectUnknown = false,
    { attempts = 1, ...options }: HttpErrorOptions = {},
  ) {
    super(message, options);
    this.name = "HttpError";
    this.attempts = attempts;
  }

  /** The same failure of a request made on behalf of another one, seen from there. */
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
