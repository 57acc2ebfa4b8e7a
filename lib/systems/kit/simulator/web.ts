import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** What simulators see of HTTP: a request whose body has been read, and a reply that is sent when all have had their say. */
export interface WebRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** The name that the client has called, with its port. */
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  /** Parts of the path by their name in the route; `*` is the rest of it. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** What the app's {@link BodyParser} made of it; undefined before it is read. */
  body: unknown;
  readonly raw: IncomingMessage;
}

/** What is sent as it is. */
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

  /** An object is sent as JSON, text and bytes as they are. */
  send(payload?: unknown): this {
    this.given = { payload };
    return this;
  }

  /** Somebody else answers, or nobody. */
  hijack(): void {
    this.taken = true;
  }

  get isHijacked(): boolean {
    return this.taken;
  }

  /** Whether there is nothing left to do for handlers. */
  get isDone(): boolean {
    return this.taken || this.given !== undefined;
  }

  /** Nothing twice: an error's answer takes the place of one that could not be finished. */
  forget(): void {
    this.given = undefined;
  }

  get payload(): unknown {
    return this.given?.payload;
  }
}

/** Returns what to answer, or the reply. */
export type Handler = (request: WebRequest, reply: WebReply) => unknown;

/** Before the body is read, or after it. One that sends ends the request; one that calls `done` runs all the rest inside it. */
export type Hook = (request: WebRequest, reply: WebReply, done: (error?: Error) => void) => unknown;

/** What is about to be sent; another payload takes its place. */
export type SendHook = (
  request: WebRequest,
  reply: WebReply,
  payload: Payload,
) => Promise<Payload | void> | Payload | void;

/** Makes a value of a body. Throws a {@link WebError} for one that it cannot read. */
export type BodyParser = (text: string, contentType: string) => unknown;

/** A refusal of HTTP itself. */
export class WebError extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** JSON and plain text; anything else is refused. Clients name a type for all their requests, with a body or without. */
export function usualBody(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return jsonBody(text);
  if (/^text\/plain\b/i.test(contentType)) return text;
  throw new WebError(415, `Unsupported Media Type: ${contentType || "none"}`);
}

/** @throws WebError for what is no JSON */
function jsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebError(400, "The body is not JSON");
  }
}
