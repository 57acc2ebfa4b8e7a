import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** A request whose body has been read, as simulators see it. */
export interface WebRequest {
  readonly method: string;
  /** Path and query, unchanged. */
  readonly url: string;
  /** The host name in the request, with its port. */
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  /** Parameters of the path by their name in the route; `*` is the rest of it. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** The result of the app's {@link BodyParser}; undefined before the body is read. */
  body: unknown;
  readonly raw: IncomingMessage;
}

/** The content of an answer, sent unchanged. */
export type Payload = string | Buffer | undefined;

export class WebReply {
  statusCode = 200;
  readonly sentHeaders: Record<string, string> = {};
  private given: { readonly payload: unknown } | undefined;
  private taken = false;

  constructor(readonly raw: ServerResponse) {}

  code(status: number): this {
    this.statusCode = status;
    return this;
  }

  header(name: string, value: string): this {
    this.sentHeaders[name.toLowerCase()] = value;
    return this;
  }

  headers(all: Readonly<Record<string, string>>): this {
    for (const [name, value] of Object.entries(all)) this.header(name, value);
    return this;
  }

  type(contentType: string): this {
    return this.header("content-type", contentType);
  }

  /** Sends an answer: an object as JSON, text and bytes unchanged. */
  send(payload?: unknown): this {
    this.given = { payload };
    return this;
  }

  /** Leaves the answer to somebody else, or to nobody. */
  hijack(): void {
    this.taken = true;
  }

  get isHijacked(): boolean {
    return this.taken;
  }

  /** Whether handlers have nothing left to do. */
  get isDone(): boolean {
    return this.taken || this.given !== undefined;
  }

  /** Discards an unfinished answer, so that an error's answer can replace it. */
  forget(): void {
    this.given = undefined;
  }

  get payload(): unknown {
    return this.given?.payload;
  }
}

/** Answers a request: returns the content, or the reply. */
export type Handler = (request: WebRequest, reply: WebReply) => unknown;

/**
 * Runs before the body is read, or after it. A hook that sends ends the request; one that calls `done` runs all the rest
 * inside it.
 */
export type Hook = (request: WebRequest, reply: WebReply, done: (error?: Error) => void) => unknown;

/** Changes the content before it is sent. */
export type SendHook = (
  request: WebRequest,
  reply: WebReply,
  payload: Payload,
) => Promise<Payload | void> | Payload | void;

/** Parses a body. Throws a {@link WebError} for one that it cannot read. */
export type BodyParser = (text: string, contentType: string) => unknown;

/** An HTTP error. */
export class WebError extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Parses JSON and plain text; refuses any other type. Clients send a content type with all their requests, with a body or
 * without.
 */
export function usualBody(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return jsonBody(text);
  if (/^text\/plain\b/i.test(contentType)) return text;
  throw new WebError(415, `Unsupported Media Type: ${contentType || "none"}`);
}

/** @throws WebError for invalid JSON */
function jsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebError(400, "The body is not JSON");
  }
}
