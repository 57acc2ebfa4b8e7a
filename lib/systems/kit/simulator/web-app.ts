import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import createRouter, { type HTTPMethod } from "find-my-way";
import { WebError, WebReply, usualBody, type BodyParser, type Handler, type Hook, type Payload } from "./web";
import type { SendHook, WebRequest } from "./web";

/** Larger than any body that a simulator needs. */
const LARGEST_BODY = 1024 * 1024;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const satisfies HTTPMethod[];

type ErrorHandler = (error: Error, request: WebRequest, reply: WebReply) => unknown;

interface Hooks {
  readonly onRequest: Hook[];
  readonly preHandler: Hook[];
  readonly onSend: SendHook[];
  readonly onResponse: Hook[];
}

interface Route {
  readonly methods: readonly HTTPMethod[];
  readonly path: string;
  readonly lead: (raw: IncomingMessage, response: ServerResponse, params: WebRequest["params"]) => void;
}

/** The state that an app shares with its parts. */
interface Shared {
  readonly routes: Route[];
  /** Created from the routes when the first request comes. */
  router: ReturnType<typeof createRouter> | undefined;
  caseMatters: boolean;
  readonly server: Server;
  /** The handler of unknown routes; the last one that was set. */
  lost: { readonly scope: WebApp; readonly handler: Handler } | undefined;
}

/**
 * A small web framework on node:http for simulators: routes, with hooks before and after them. Parts of an app
 * ({@link part}) have hooks, bodies and errors of their own besides those of the whole.
 */
export class WebApp {
  private readonly hooks: Hooks = { onRequest: [], preHandler: [], onSend: [], onResponse: [] };
  private parser: BodyParser | undefined;
  private onError: ErrorHandler | undefined;
  private readonly shared: Shared;

  constructor(
    private readonly whole?: WebApp,
    private readonly prefix = "",
  ) {
    this.shared = whole?.shared ?? this.made();
  }

  private made(): Shared {
    const server = createServer((raw, response) => void this.router().lookup(raw, response));
    return { routes: [], router: undefined, caseMatters: true, server, lost: undefined };
  }

  private router(): ReturnType<typeof createRouter> {
    const { shared } = this;
    if (shared.router !== undefined) return shared.router;
    shared.router = createRouter({
      maxParamLength: 4_096,
      caseSensitive: shared.caseMatters,
      defaultRoute: (raw, response) => {
        const { scope = this, handler = noSuchRoute } = shared.lost ?? {};
        void scope.answer(raw as IncomingMessage, response as ServerResponse, {}, handler);
      },
    });
    for (const { methods, path, lead } of shared.routes) {
      // The router also supports HTTP/2, but the server that is created here does not.
      shared.router.on([...methods], path, (raw, response, params) =>
        lead(raw as IncomingMessage, response as ServerResponse, params),
      );
    }
    return shared.router;
  }

  get server(): Server {
    return this.shared.server;
  }

  get = (path: string, handler: Handler) => this.route(["GET"], path, handler);
  post = (path: string, handler: Handler) => this.route(["POST"], path, handler);
  put = (path: string, handler: Handler) => this.route(["PUT"], path, handler);
  patch = (path: string, handler: Handler) => this.route(["PATCH"], path, handler);
  delete = (path: string, handler: Handler) => this.route(["DELETE"], path, handler);
  all = (path: string, handler: Handler) => this.route(METHODS, path, handler);

  /** Adds a route. `:name` and a final `*` in a path become {@link WebRequest.params}. */
  route(methods: readonly HTTPMethod[], path: string, handler: Handler): void {
    const lead: Route["lead"] = (raw, response, params) => void this.answer(raw, response, params, handler);
    this.shared.routes.push({ methods, path: this.prefix + path, lead });
    this.shared.router = undefined;
  }

  /** Matches paths in any case, like Windows' web servers; parameters keep theirs. Applies to the whole app. */
  ignoreCase(): void {
    this.shared.caseMatters = false;
    this.shared.router = undefined;
  }

  /** Adds a part of this app, below a path. */
  part(prefix: string, add: (part: WebApp) => void): void {
    add(new WebApp(this, this.prefix + prefix));
  }

  addHook(when: "onRequest" | "preHandler" | "onResponse", hook: Hook): void;
  addHook(when: "onSend", hook: SendHook): void;
  addHook(when: keyof Hooks, hook: Hook | SendHook): void {
    (this.hooks[when] as (Hook | SendHook)[]).push(hook);
  }

  /** @default {@link usualBody} */
  setBodyParser(parser: BodyParser): void {
    this.parser = parser;
  }

  setErrorHandler(handler: ErrorHandler): void {
    this.onError = handler;
  }

  setNotFoundHandler(handler: Handler): void {
    this.shared.lost = { scope: this, handler };
  }

  /** Starts to listen and returns the address, as the beginning of a URL. */
  listen({ host, port }: { readonly host: string; readonly port: number }): Promise<string> {
    // Conflicting routes must fail now, not at the first request.
    this.router();
    return new Promise((resolve, reject) => {
      this.server.once("error", reject).listen(port, host, () => {
        this.server.off("error", reject);
        resolve(`http://${host}:${(this.server.address() as AddressInfo).port}`);
      });
    });
  }

  /** Stops listening and closes open connections, too. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** The hooks from the whole app to the part. */
  private hooksOf<Name extends keyof Hooks>(name: Name): Hooks[Name] {
    const own = this.hooks[name] as unknown[];
    return (this.whole === undefined ? own : [...this.whole.hooksOf(name), ...own]) as Hooks[Name];
  }

  private async answer(
    raw: IncomingMessage,
    response: ServerResponse,
    params: WebRequest["params"],
    handler: Handler,
  ): Promise<void> {
    const request = requestOf(raw, params);
    const reply = new WebReply(response);
    try {
      await run(this.hooksOf("onRequest"), request, reply, async () => {
        request.body = this.parse(await bodyOf(raw), request);
        await run(this.hooksOf("preHandler"), request, reply, () => handled(handler, request, reply));
      });
    } catch (error) {
      await this.fail(error as Error, request, reply);
    }
    if (reply.isHijacked) return;
    try {
      await this.write(request, reply);
    } catch (error) {
      await this.fail(error as Error, request, reply);
      end(reply, serialised(reply));
    }
  }

  private async write(request: WebRequest, reply: WebReply): Promise<void> {
    let payload = serialised(reply);
    for (const hook of this.hooksOf("onSend")) payload = ((await hook(request, reply, payload)) as Payload) ?? payload;
    // The client may send the next request once it has the answer, so these hooks finish before it leaves.
    for (const hook of this.hooksOf("onResponse")) await hook(request, reply, () => undefined);
    end(reply, payload);
  }

  private async fail(error: Error, request: WebRequest, reply: WebReply): Promise<void> {
    reply.forget();
    const handler = this.errorHandler();
    await handled((_request, into) => handler(error, request, into), request, reply).catch((inner: Error) => {
      reply.code(500).send({ error: inner.message });
    });
  }

  private errorHandler(): ErrorHandler {
    return this.onError ?? this.whole?.errorHandler() ?? plainError;
  }

  private parse(text: string | undefined, request: WebRequest): unknown {
    if (text === undefined) return undefined;
    const contentType = request.headers["content-type"] ?? "";
    return this.bodyParser()(text, contentType);
  }

  private bodyParser(): BodyParser {
    return this.parser ?? this.whole?.bodyParser() ?? usualBody;
  }
}

const noSuchRoute: Handler = ({ method, url }, reply) =>
  reply.code(404).send({ error: "Not Found", message: `Route ${method}:${url} not found` });

const plainError: ErrorHandler = (error, _request, reply) => {
  const { statusCode = 500 } = error as Partial<WebError>;
  return reply.code(statusCode).send({ error: STATUS_CODES[statusCode], message: error.message, statusCode });
};

/** Runs hooks one after the other, until one has answered; the rest runs within those that call `done`. */
async function run(
  hooks: readonly Hook[],
  request: WebRequest,
  reply: WebReply,
  then: () => Promise<void>,
): Promise<void> {
  const [first, ...rest] = hooks;
  if (reply.isDone) return;
  if (first === undefined) return then();
  const next = () => run(rest, request, reply, then);
  if (first.length < 3) {
    await first(request, reply, () => undefined);
    return next();
  }
  await new Promise<void>((resolve, reject) => {
    first(request, reply, (error) => {
      if (error) reject(error);
      else next().then(resolve, reject);
    });
  });
}

async function handled(handler: Handler, request: WebRequest, reply: WebReply): Promise<void> {
  const answer = await handler(request, reply);
  if (!reply.isDone && answer !== reply) reply.send(answer);
}

function requestOf(raw: IncomingMessage, params: WebRequest["params"]): WebRequest {
  const { method = "GET", url = "/", headers } = raw;
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(url.split("?").slice(1).join("?"))) {
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return { method, url, host: headers.host ?? "", headers, params, query, body: undefined, raw };
}

/** Reads the body; undefined where none is expected. */
async function bodyOf(raw: IncomingMessage): Promise<string | undefined> {
  const { method, headers } = raw;
  const announced = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (method === "GET" || method === "HEAD" || (!announced && headers["content-type"] === undefined)) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new WebError(413, "Request body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function serialised(reply: WebReply): Payload {
  const { payload } = reply;
  if (payload === undefined || payload === null || typeof payload === "string" || Buffer.isBuffer(payload)) {
    if (typeof payload === "string" && reply.sentHeaders["content-type"] === undefined)
      reply.type("text/plain; charset=utf-8");
    return payload ?? undefined;
  }
  if (reply.sentHeaders["content-type"] === undefined) reply.type("application/json; charset=utf-8");
  return JSON.stringify(payload);
}

function end({ raw, statusCode, sentHeaders, isHijacked }: WebReply, payload: Payload): void {
  if (isHijacked || raw.headersSent || raw.destroyed) return;
  const bodiless = statusCode === 204 || statusCode === 304;
  const body = bodiless || payload === undefined ? "" : payload;
  raw.writeHead(statusCode, { ...sentHeaders, ...(bodiless ? {} : { "content-length": Buffer.byteLength(body) }) });
  raw.end(body);
}
