import http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";
import { systemClock, type Clock } from "../../lib/core/clock";
import { Redactor } from "../../lib/core/redaction";
import { withTimeout } from "../../lib/core/signals";
import { silentLogger } from "../../lib/core/log";
import { vendorText } from "../../lib/systems/kit/vendor-text";
import { HttpClient, HttpError, path, type HttpClientOptions } from "../../lib/http";

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const signal = new AbortController().signal;

/** A server that gives its answers in turn, the last one for ever. */
async function serve(...handlers: Handler[]) {
  const received: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const handler = handlers[Math.min(received.length, handlers.length - 1)]!;
      received.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Sleeps take no time but are written down. */
function quickClock(): Clock & { slept: number[] } {
  let now = 1_700_000_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms, abort) => {
      abort?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

function clientOf(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  const client = new HttpClient({
    name: "Test API",
    baseUrl,
    clock: quickClock(),
    log: silentLogger,
    redactor: new Redactor(),
    random: () => 0.5,
    environment: {},
    requestIdHeader: "x-request-id",
    ...options,
  });
  cleanUps.push(() => client.close());
  return client;
}

const json =
  (status: number, data: unknown, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(data));

const failureOf = async (promise: Promise<unknown>): Promise<HttpError> =>
  promise.then(
    () => {
      throw new Error("the request succeeded");
    },
    (error: unknown) => {
      if (!(error instanceof HttpError)) throw error;
      return error;
    },
  );

test("what is sent arrives, and what is answered is parsed", async () => {
  const { url, received } = await serve(json(200, { ok: true }, { "X-Request-Id": "r-1" }));
  const client = clientOf(`${url}/v1/`, { userAgent: "tester/1" });

  const response = await client.request({
    method: "POST",
    path: path`/things/${"a b/c"}`,
    query: { q: "ä&b", skipped: undefined },
    body: { name: "é" },
    signal,
  });

  expect(response).toMatchObject({ status: 200, data: { ok: true }, requestId: "r-1" });
  expect(received[0]).toMatchObject({
    method: "POST",
    url: "/v1/things/a%20b%2Fc?q=%C3%A4%26b",
    body: '{"name":"é"}',
    headers: { "content-type": "application/json", "user-agent": "tester/1", accept: "application/json" },
  });
});

test.each([
  ["application/json", '{"a":1}', { a: 1 }],
  ["text/plain", "1457018875", 1457018875],
  ["text/html", '{"a":1}', { a: 1 }],
  ["text/html", "<html><body>1</body></html>", undefined],
  ["application/json", "<html></html>", undefined],
  ["application/json", "{broken", undefined],
  ["text/plain", "hello", undefined],
])("a body of type %s saying %s is read as %j", async (type, body, data) => {
  const { url } = await serve((_, response) => response.writeHead(200, { "content-type": type }).end(body));
  expect((await clientOf(url).request({ method: "GET", path: "/", signal })).data).toEqual(data);
});

test("an HTML error page is quoted as its words, with the request id and without secrets", async () => {
  const { url } = await serve((_, response) =>
    response
      .writeHead(404, { "content-type": "text/html", "x-request-id": "r-9" })
      .end("<html><style>p{}</style><h1>Not\n here</h1><p>sesame-1234</p></html>"),
  );
  const redactor = new Redactor();
  redactor.add("sesame-1234");

  const error = await failureOf(
    clientOf(url, { redactor }).request({ method: "GET", path: "/x", query: { token: "hidden" }, signal }),
  );

  expect(error.message).toBe(`GET ${url}/x?token=(redacted) answered 404 (request id r-9): Not here (redacted)`);
  expect(error).toMatchObject({ failure: "status", status: 404, requestId: "r-9", effectUnknown: false });
});

test("a secret that a server repeats is masked before the text is cut, blanks are collapsed and tags are left out", async () => {
  const secret = 'correct  <b>horse</b> "battery"';
  const redactor = new Redactor();
  redactor.add(secret);
  const { url } = await serve(
    (_, response) => response.writeHead(400).end(`${"x".repeat(290)} ${secret} behind`),
    (_, response) => response.writeHead(400).end(`<html>${secret}</html>`),
    json(400, { message: `${"x".repeat(990)} ${secret} behind` }),
  );
  const client = clientOf(url, { redactor });
  const ask = () => failureOf(client.request({ method: "GET", path: "/x", signal }));
  const [long, page, words] = [await ask(), await ask(), await ask()];
  for (const text of [long.message, page.message, vendorText(words.response!)]) {
    expect(text).not.toMatch(/corr|horse|battery/);
  }
  expect(page.message).toContain("(redacted)");
});

test("an accepted status is an answer", async () => {
  const { url } = await serve(json(404, { gone: true }));
  const response = await clientOf(url).request({ method: "GET", path: "/", accept: [404], signal });
  expect(response.status).toBe(404);
});

describe("retries", () => {
  test.each([429, 500, 502, 503, 504, 408])("a GET is repeated after %d, waiting longer each time", async (status) => {
    const { url, received } = await serve(json(status, {}), json(status, {}), json(200, { done: true }));
    const clock = quickClock();

    const response = await clientOf(url, { clock }).request({ method: "GET", path: "/", signal });

    expect(response.data).toEqual({ done: true });
    expect(received).toHaveLength(3);
    expect(clock.slept.slice(0, 2)).toEqual([187.5, 375]);
  });

  test.each([400, 401, 403, 404, 409, 460, 501])("a GET is not repeated after %d", async (status) => {
    const { url, received } = await serve(json(status, {}));
    await failureOf(clientOf(url).request({ method: "GET", path: "/", signal }));
    expect(received).toHaveLength(1);
  });

  test.each([
    ["2", 2_000],
    ["Tue, 14 Nov 2023 22:13:27 GMT", 7_000],
  ])("Retry-After: %s is obeyed", async (value, delay) => {
    const { url } = await serve(json(503, {}, { "retry-after": value }), json(200, {}));
    const clock = quickClock();
    await clientOf(url, { clock }).request({ method: "POST", path: "/", signal });
    expect(clock.slept).toEqual([delay]);
  });

  test("a server that wants an hour of peace is reported at once", async () => {
    const { url, received } = await serve(json(503, {}, { "retry-after": "3600" }));
    await failureOf(clientOf(url).request({ method: "GET", path: "/", signal }));
    expect(received).toHaveLength(1);
  });

  test("attempts end", async () => {
    const { url, received } = await serve(json(500, {}));
    const error = await failureOf(
      clientOf(url, { limits: { maxRetries: 2 } }).request({ method: "GET", path: "/", signal }),
    );
    expect(received).toHaveLength(3);
    expect(error.status).toBe(500);
  });

  test.each([500, 502, 504, 408])("a POST answered %d is not repeated, and may have happened", async (status) => {
    const { url, received } = await serve(json(status, {}));
    const error = await failureOf(clientOf(url).request({ method: "POST", path: "/", body: {}, signal }));
    expect(received).toHaveLength(1);
    expect(error.effectUnknown).toBe(true);
  });

  test("a POST answered 400 did not happen", async () => {
    const { url } = await serve(json(400, {}));
    expect((await failureOf(clientOf(url).request({ method: "POST", path: "/", signal }))).effectUnknown).toBe(false);
  });

  test("a POST whose reply is lost is not repeated, and may have happened", async () => {
    const { url, received } = await serve((request) => request.socket.destroy());
    const error = await failureOf(clientOf(url).request({ method: "POST", path: "/", body: { a: 1 }, signal }));
    expect(received).toHaveLength(1);
    expect(error).toMatchObject({ failure: "reset", effectUnknown: true });
  });

  test("a repeated DELETE that may have happened before still may have", async () => {
    const { url } = await serve((request) => request.socket.destroy(), json(400, {}));
    const error = await failureOf(clientOf(url).request({ method: "DELETE", path: "/", signal }));
    expect(error).toMatchObject({ status: 400, effectUnknown: true });
  });

  test("a GET whose connection breaks is repeated", async () => {
    const { url, received } = await serve((request) => request.socket.destroy(), json(200, 1));
    await clientOf(url).request({ method: "GET", path: "/", signal });
    expect(received).toHaveLength(2);
  });

  test("a POST that nobody took is repeated, and surely did not happen", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const clock = quickClock();

    const client = clientOf(`http://127.0.0.1:${port}`, { clock, limits: { maxRetries: 2 } });
    const error = await failureOf(client.request({ method: "POST", path: "/", signal }));

    expect(clock.slept).toHaveLength(2);
    expect(error).toMatchObject({ failure: "refused", effectUnknown: false });
  });

  test.each<Record<string, string>>([{ "retry-after": "3" }, {}])(
    "after 429 with %j everybody waits, not only who was throttled",
    async (headers) => {
      const { url, received } = await serve(json(429, {}, headers), json(200, {}));
      let now = 0;
      let sleepers: (() => void)[] = [];
      const clock: Clock = { now: () => now, sleep: () => new Promise((resolve) => sleepers.push(resolve)) };
      const client = clientOf(url, { clock, maxConcurrent: 1 });

      const all = Promise.all([1, 2, 3].map(() => client.request({ method: "GET", path: "/", signal })));
      while (sleepers.length === 0) await new Promise(setImmediate);
      // Whatever had been sent by now would have arrived before this, and been counted.
      await clientOf(url).request({ method: "GET", path: "/barrier", signal });
      expect(received.map((request) => request.url)).toEqual(["/", "/barrier"]);

      while (received.length < 5) {
        now += 1_000;
        for (const wake of sleepers.splice(0)) wake();
        await new Promise(setImmediate);
      }
      sleepers = [];
      expect((await all).map(({ status }) => status)).toEqual([200, 200, 200]);
    },
  );
});

describe("time-outs and abort", () => {
  test("no answer in time is a time-out, and a POST may have happened", async () => {
    const { url } = await serve(() => undefined);
    const client = clientOf(url, { limits: { timeoutMs: 50 } });
    const error = await failureOf(client.request({ method: "POST", path: "/", body: {}, signal }));
    expect(error).toMatchObject({ failure: "timeout", effectUnknown: true });
    expect(error.message).toMatch(/no answer within 0.05 s/);
  });

  test("an answer of which only half comes is a time-out too, and says how often it was tried", async () => {
    const { url } = await serve((_, response) => void response.writeHead(200).write('{"half":'));
    const client = clientOf(url, { limits: { timeoutMs: 50, maxRetries: 2 } });
    const error = await failureOf(client.request({ method: "GET", path: "/x", signal }));
    expect(error).toMatchObject({ failure: "timeout", attempts: 3 });
    expect(error.message).toBe(`GET ${url}/x failed (timeout): no answer within 0.05 s (attempt 3 of 3)`);
  });

  describe("a server that never answers", () => {
    /** How often it is asked, where each silence lasts a minute of this clock. */
    const asked = async (limits: HttpClientOptions["limits"]) => {
      const { url } = await serve(() => undefined);
      let now = 0;
      const debug = (text: string) => void (text.endsWith("-> timeout") && (now += 60_000));
      const client = clientOf(url, {
        clock: { now: () => now, sleep: async () => undefined },
        log: { ...silentLogger, debug },
        limits: { timeoutMs: 5, ...limits },
      });
      return (await failureOf(client.request({ method: "GET", path: "/", signal }))).attempts;
    };

    test("is not asked again once it has been silent for two minutes", async () => expect(await asked({})).toBe(2));

    test("is asked as often as somebody has said", async () => expect(await asked({ maxRetries: 4 })).toBe(5));

    test("is not asked again by who wants no repetition", async () => expect(await asked({ maxRetries: 0 })).toBe(1));
  });

  test("who runs out of time says for whom it waited", async () => {
    const stop = new AbortController();
    const { url } = await serve(() => stop.abort(new DOMException("too long", "TimeoutError")));
    const error = await failureOf(clientOf(url).request({ method: "GET", path: "/x", signal: stop.signal }));
    expect(error.message).toBe(`GET ${url}/x was given up before Test API answered (attempt 1 of 5)`);
  });

  test("a wish for quiet that others have heard is told at once to who has no time for it", async () => {
    const { url, received } = await serve(json(429, {}, { "retry-after": "60" }), json(200, {}));
    const waits: AbortSignal[] = [];
    const clock: Clock = {
      now: () => 0,
      sleep: (_ms, abort) =>
        new Promise((_, reject) => {
          if (abort !== undefined) waits.push(abort);
          abort?.addEventListener("abort", () => reject(new Error("stopped")));
        }),
    };
    const client = clientOf(url, { clock });
    const stop = new AbortController();
    const patient = failureOf(client.request({ method: "GET", path: "/patient", signal: stop.signal }));
    while (waits.length === 0) await new Promise(setImmediate);

    const hurried = await failureOf(
      client.request({ method: "POST", path: "/", signal: withTimeout(undefined, 30_000) }),
    );
    expect(hurried).toMatchObject({ status: 429, effectUnknown: false });
    expect(hurried.response?.headers["retry-after"]).toBe("60");
    expect(received).toHaveLength(1);
    stop.abort();
    await patient;
  });

  test("a handshake that never ends means the request never left", async () => {
    const mute = net.createServer((socket) => void socket.on("error", () => undefined)).listen(0, "127.0.0.1");
    await new Promise((resolve) => mute.once("listening", resolve));
    cleanUps.push(() => mute.close());
    const client = clientOf(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, { limits: { timeoutMs: 50 } });
    const error = await failureOf(client.request({ method: "POST", path: "/", body: {}, signal }));
    expect(error).toMatchObject({ failure: "timeout", effectUnknown: false });
  });

  test("an abort during the request is told apart from a failure", async () => {
    const stop = new AbortController();
    const { url } = await serve(() => stop.abort());
    const error = await failureOf(clientOf(url).request({ method: "POST", path: "/", body: {}, signal: stop.signal }));
    expect(error).toMatchObject({ failure: "aborted", effectUnknown: true });
  });

  test("an abort while waiting for the next attempt ends the wait", async () => {
    const stop = new AbortController();
    const { url, received } = await serve(json(503, {}, { "retry-after": "60" }));
    const clock: Clock = {
      ...systemClock,
      sleep: (ms, abort) => (stop.abort(), systemClock.sleep(ms, abort)),
    };
    const error = await failureOf(clientOf(url, { clock }).request({ method: "GET", path: "/", signal: stop.signal }));
    expect(error.failure).toBe("aborted");
    expect(received).toHaveLength(1);
  });

  test("an aborted signal sends nothing", async () => {
    const { url, received } = await serve(json(200, {}));
    const error = await failureOf(clientOf(url).request({ method: "POST", path: "/", signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ failure: "aborted", effectUnknown: false });
    expect(received).toHaveLength(0);
  });
});

describe("authentication", () => {
  /** Accepts only the newest of the tokens handed out. */
  async function guarded(refusal = 401) {
    const state = { valid: "t1", renewals: 0 };
    const { url, received } = await serve((request, response) => {
      const fine = request.headers.authorization === `Bearer ${state.valid}`;
      response.writeHead(fine ? 200 : refusal, { "content-type": "application/json" }).end("{}");
    });
    let token = "t0";
    const authenticator = {
      authorize: async () => ({ Authorization: `Bearer ${token}` }),
      renew: async () => {
        state.renewals++;
        await new Promise(setImmediate);
        token = state.valid;
        return true;
      },
    };
    return { url, received, state, authenticator };
  }

  test("many requests refused together lead to one renewal", async () => {
    const { url, state, authenticator } = await guarded();
    const client = clientOf(url, { authenticator });

    const all = await Promise.all(
      Array.from({ length: 20 }, () => client.request({ method: "POST", path: "/", body: {}, signal })),
    );

    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(state.renewals).toBe(1);
  });

  test("a renewal that does not help is not repeated", async () => {
    const { url, received, authenticator, state } = await guarded();
    state.valid = "unknown to anybody";
    const client = clientOf(url, { authenticator: { ...authenticator, renew: async () => true } });
    const error = await failureOf(client.request({ method: "GET", path: "/", signal }));
    expect(error.status).toBe(401);
    expect(received).toHaveLength(2);
  });

  test("the system says what a refusal is", async () => {
    const { url, state, authenticator } = await guarded(403);
    await failureOf(clientOf(url, { authenticator }).request({ method: "GET", path: "/", signal }));
    expect(state.renewals).toBe(0);

    const knowing = { ...authenticator, refuses: ({ status }: { status: number }) => status === 403 };
    await clientOf(url, { authenticator: knowing }).request({ method: "GET", path: "/", signal });
    expect(state.renewals).toBe(1);
  });

  test("an anonymous request is not authorised", async () => {
    const { url, received, authenticator } = await guarded();
    await failureOf(clientOf(url, { authenticator }).request({ method: "GET", path: "/", anonymous: true, signal }));
    expect(received[0]?.headers.authorization).toBeUndefined();
  });

  test("logging in through the same client does not wait for a place that the request holds", async () => {
    const { url, received } = await serve(json(200, {}));
    const client: HttpClient = clientOf(url, {
      maxConcurrent: 1,
      authenticator: {
        authorize: async () => {
          await client.request({ method: "POST", path: "/login", anonymous: true, signal });
          return {};
        },
      },
    });
    await client.request({ method: "GET", path: "/x", signal: AbortSignal.timeout(5_000) });
    expect(received.map((request) => request.url)).toEqual(["/login", "/x"]);
  });

  test("a login whose answer is lost does not mean that the request may have happened", async () => {
    const { url } = await serve((request) => request.socket.destroy());
    const client: HttpClient = clientOf(url, {
      authenticator: {
        authorize: async () => {
          await client.request({ method: "POST", path: "/login", anonymous: true, signal });
          return {};
        },
      },
    });
    const error = await failureOf(client.request({ method: "POST", path: "/x", signal }));
    expect(error).toMatchObject({ failure: "reset", effectUnknown: false });
    expect(error.url).toBe(`${url}/login`);
  });

  test("what is signed is what is sent", async () => {
    const { url, received } = await serve(json(200, {}));
    const authorize = jest.fn(async () => ({}));
    await clientOf(url, { authenticator: { authorize } }).request({
      method: "POST",
      path: "/a'b",
      query: { c: "'" },
      body: { name: "été" },
      signal,
    });
    expect(authorize).toHaveBeenCalledWith({
      method: "POST",
      url: url + received[0]!.url,
      body: received[0]!.body,
      signal,
    });
  });

  test("a redirect to another host is not followed: credentials stay", async () => {
    const other = await serve(json(200, {}));
    const { url } = await serve((_, response) => response.writeHead(302, { location: other.url }).end());
    const error = await failureOf(clientOf(url).request({ method: "GET", path: "/", signal }));
    expect(error.status).toBe(302);
    expect(other.received).toHaveLength(0);
  });

  test("a redirect on the same host is followed", async () => {
    const { url, received } = await serve(
      (_, response) => response.writeHead(308, { location: "/new?x=1" }).end(),
      json(200, 7),
    );
    const response = await clientOf(url).request({ method: "POST", path: "/old", body: { a: 1 }, signal });
    expect(response.data).toBe(7);
    expect(received[1]).toMatchObject({ method: "POST", url: "/new?x=1", body: '{"a":1}' });
  });
});

describe("a server that wants to be left alone for a day", () => {
  const wish = json(429, { message: "slow down" }, { "retry-after": "86400" });

  test("is reported at once, and keeps nobody else waiting", async () => {
    const { url } = await serve(wish, json(200, { fine: true }));
    const clock = quickClock();
    const client = clientOf(url, { clock });
    const ask = () => client.request({ method: "GET", path: "/", signal: new AbortController().signal });
    expect((await failureOf(ask())).status).toBe(429);
    expect((await ask()).data).toEqual({ fine: true });
    expect(clock.slept).toEqual([]);
  });

  test("fails a request whose time would be over before, without waiting", async () => {
    const { url, received } = await serve(json(429, {}, { "retry-after": "30" }));
    const clock = quickClock();
    const signal = withTimeout(undefined, 5_000);
    expect((await failureOf(clientOf(url, { clock }).request({ method: "GET", path: "/", signal }))).status).toBe(429);
    expect(received).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

test("an answer that sends us elsewhere says where, without secrets", async () => {
  const { url } = await serve(
    json(302, {}, { location: "https://login.example.com/?user=me&token=abc123&p=hunter2-long" }),
  );
  const redactor = new Redactor();
  redactor.add("hunter2-long");
  const client = clientOf(url, { redactor });
  const failed = await failureOf(client.request({ method: "GET", path: "/", signal: new AbortController().signal }));
  expect(failed.message).toContain("answered 302 to https://login.example.com/?user=me&token=(redacted)&p=(redacted)");
});
