import type { WebApp } from "./web-app";
import { WebError, type WebRequest } from "./web";

/** An answer that is an error, in the vendor's own form. Thrown by the parts of a simulator, sent in one place. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** An object is sent as JSON, a text as it is. */
    readonly body: Readonly<Record<string, unknown>> | string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof body === "string" ? body : String(body["message"] ?? JSON.stringify(body)));
    this.name = "Refusal";
  }
}

/** What a vendor says where no part of the simulator has said anything. */
export interface GeneralRefusals {
  /** For an address that leads nowhere. */
  noSuchRoute(request: WebRequest): Refusal;
  /** For JSON that is none and the like, with the status that HTTP has for it, and for defects of the simulator. */
  unexpected(status: number, what: string): Refusal;
}

/** Sends every refusal that is thrown behind `app`, and the general ones. */
export function sendRefusals(app: WebApp, general: GeneralRefusals): void {
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    const refusal = error instanceof Refusal ? error : general.unexpected(statusCode, toldOf(error));
    return reply
      .code(refusal.status)
      .headers({ ...refusal.headers })
      .send(refusal.body);
  });
  app.setNotFoundHandler((request) => {
    throw general.noSuchRoute(request);
  });
}

/** Which class of ours an error has is nothing that a vendor would say. */
const toldOf = (error: unknown): string => (error instanceof WebError ? error.message : String(error));

/** `Retry-After` on a 429, when the vendor sends one. */
export function retryAfter(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { "retry-after": String(seconds) };
}
