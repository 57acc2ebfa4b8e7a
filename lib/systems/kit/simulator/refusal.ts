import type { WebApp } from "./web-app";
import { WebError, type WebRequest } from "./web";

/** An error answer in the vendor's own form. Parts of a simulator throw it; one hook sends it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** The body: an object is sent as JSON, a text unchanged. */
    readonly body: Readonly<Record<string, unknown>> | string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof body === "string" ? body : String(body["message"] ?? JSON.stringify(body)));
    this.name = "Refusal";
  }
}

/** The vendor's answers where no part of the simulator has answered. */
export interface GeneralRefusals {
  /** For an unknown route. */
  noSuchRoute(request: WebRequest): Refusal;
  /** For invalid JSON and the like, with the status of HTTP, and for defects of the simulator. */
  unexpected(status: number, what: string): Refusal;
}

/** Sends the refusals that are thrown behind `app`, and the general ones. */
export function sendRefusals(app: WebApp, general: GeneralRefusals): void {
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    const refusal = error instanceof Refusal ? error : general.unexpected(statusCode, messageWithoutClass(error));
    return reply
      .code(refusal.status)
      .headers({ ...refusal.headers })
      .send(refusal.body);
  });
  app.setNotFoundHandler((request) => {
    throw general.noSuchRoute(request);
  });
}

/** The message of an error, without the name of our class, which no vendor would mention. */
const messageWithoutClass = (error: unknown): string => (error instanceof WebError ? error.message : String(error));

/** `Retry-After` on a 429, when the vendor sends one. */
export function retryAfter(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { "retry-after": String(seconds) };
}
