import { AsyncLocalStorage } from "node:async_hooks";
import { connect } from "node:net";
import { WebError } from "../../../../lib/systems/kit/simulator/web";
import { WebApp } from "../../../../lib/systems/kit/simulator/web-app";

let app: WebApp;
beforeEach(() => (app = new WebApp()));
afterEach(() => app.close());

async function ask(
  path: string,
  { method = "GET", body, type }: { method?: string; body?: string; type?: string } = {},
) {
  if (!app.server.listening) await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as { port: number };
  const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get("content-type"), text };
}

it("sends what a handler returns: objects as JSON, text as text, nothing as nothing", async () => {
  app.get("/object", () => ({ a: 1 }));
  app.get("/number", () => 42);
  app.get("/text", async () => "hello");
  app.get("/page", (_, reply) => reply.type("text/html").send("<p>"));
  app.get("/nothing", (_, reply) => reply.code(204).send());
  expect(await ask("/object")).toEqual({ status: 200, type: "application/json; charset=utf-8", text: '{"a":1}' });
  expect(await ask("/number")).toMatchObject({ text: "42", type: "application/json; charset=utf-8" });
  expect(await ask("/text")).toMatchObject({ text: "hello", type: "text/plain; charset=utf-8" });
  expect(await ask("/page")).toMatchObject({ text: "<p>", type: "text/html" });
  expect(await ask("/nothing")).toEqual({ status: 204, type: null, text: "" });
});

it("tells parameters decoded, the rest of a path as it came, and a query with its repeats", async () => {
  app.get("/things/:id/x", ({ params, query }) => ({ params, query }));
  app.get("/rest/*", ({ params }) => params);
  expect(JSON.parse((await ask("/things/a%20b/x?q=1&r=a&r=b%26")).text)).toEqual({
    params: { id: "a b" },
    query: { q: "1", r: ["a", "b&"] },
  });
  expect(JSON.parse((await ask("/rest/1,2/3")).text)).toEqual({ "*": "1,2/3" });
});

it.each([
  ["JSON", '{"a":1}', "application/json", 200, '{"a":1}'],
  ["JSON by its suffix", "[1]", "application/problem+json; charset=utf-8", 200, "[1]"],
  ["text", "hello", "text/plain", 200, '"hello"'],
  ["broken JSON", "{", "application/json", 400, undefined],
  ["JSON that is empty, as of clients that name a type for each request", "", "application/json", 200, ""],
  ["XML that is empty", "", "application/xml", 200, ""],
  ["a form", "a=1", "application/x-www-form-urlencoded", 415, undefined],
  ["too much", `"${"x".repeat(1024 * 1024)}"`, "application/json", 413, undefined],
])("reads a body of %s", async (_, body, type, status, echoed) => {
  app.post("/", ({ body: read }, reply) => reply.type("application/json").send(JSON.stringify(read)));
  const answer = await ask("/", { method: "POST", body, type });
  expect(answer.status).toBe(status);
  if (echoed !== undefined) expect(answer.text).toBe(echoed);
});

it("runs hooks from the whole to the part, and no handler once one has answered", async () => {
  const seen: string[] = [];
  app.addHook("onRequest", async () => void seen.push("whole"));
  app.part("/api", (part) => {
    part.addHook("onRequest", async ({ body }) => void seen.push(`part ${String(body)}`));
    part.addHook("preHandler", async ({ body, url }, reply) => {
      seen.push(`handler of ${JSON.stringify(body)}`);
      if (url.endsWith("stop")) return reply.code(403).send("stopped");
    });
    part.post("/go", () => "went");
    part.post("/stop", () => seen.push("not to be reached"));
  });
  app.get("/beside", () => "beside");
  const json = { method: "POST", body: "1", type: "application/json" };
  expect((await ask("/api/go", json)).text).toBe("went");
  expect(seen.splice(0)).toEqual(["whole", "part undefined", "handler of 1"]);
  expect(await ask("/api/stop", json)).toMatchObject({ status: 403, text: "stopped" });
  expect(seen.splice(0)).toEqual(["whole", "part undefined", "handler of 1"]);
  await ask("/beside");
  expect(seen).toEqual(["whole"]);
});

it("runs all the rest inside a hook that calls `done`", async () => {
  const where = new AsyncLocalStorage<string>();
  app.addHook("preHandler", (_request, _reply, done) => where.run("inside", done));
  app.get("/", async () => {
    await Promise.resolve();
    return where.getStore();
  });
  expect((await ask("/")).text).toBe("inside");
});

it("lets hooks see what is sent, change it, and act before it leaves", async () => {
  const order: string[] = [];
  app.addHook("onSend", (_, reply, payload) => {
    order.push(`sends ${String(payload)}`);
    reply.header("x-seen", "yes");
    return "changed";
  });
  app.addHook("onResponse", (_, { statusCode }) => void order.push(`sent ${statusCode}`));
  app.get("/", () => "first");
  expect((await ask("/")).text).toBe("changed");
  expect(order).toEqual(["sends first", "sent 200"]);
});

it("answers errors by the part's own handler, else by the whole's, with the status they bring", async () => {
  app.get("/plain", () => {
    throw new WebError(409, "taken");
  });
  app.part("/api", (part) => {
    part.setErrorHandler((error, _, reply) => reply.code(418).send(`own: ${error.message}`));
    part.get("/broken", async () => Promise.reject(new Error("broken")));
  });
  expect(await ask("/plain")).toMatchObject({ status: 409, text: expect.stringContaining("taken") });
  expect(await ask("/api/broken")).toMatchObject({ status: 418, text: "own: broken" });
});

it("says that there is no such route, through the hooks of whoever says it", async () => {
  expect(await ask("/nowhere")).toMatchObject({ status: 404 });
  app.addHook("onRequest", async ({ url }, reply) => (url === "/secret" ? reply.code(401).send("who?") : undefined));
  app.setNotFoundHandler(({ method, url }, reply) => reply.code(404).send(`no ${method} ${url}`));
  app.get("/there", () => "here");
  expect(await ask("/nowhere?x")).toMatchObject({ status: 404, text: "no GET /nowhere?x" });
  expect(await ask("/there", { method: "DELETE" })).toMatchObject({ status: 404, text: "no DELETE /there" });
  expect(await ask("/secret")).toMatchObject({ status: 401, text: "who?" });
});

it("sends nothing for a reply that somebody has taken over, and survives a connection that is gone", async () => {
  app.get("/taken", (request, reply) => {
    reply.hijack();
    request.raw.socket.destroy();
  });
  app.addHook("onSend", (request) => {
    if (request.url === "/lost") request.raw.socket.destroy();
  });
  app.get("/lost", () => "lost");
  app.get("/after", () => "still here");
  await expect(ask("/taken")).rejects.toThrow();
  await expect(ask("/lost")).rejects.toThrow();
  expect((await ask("/after")).text).toBe("still here");
});

it("ends connections that are open when it closes", async () => {
  await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect((app.server.address() as { port: number }).port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  await app.close();
  await expect(ended).resolves.toBe(false);
  app = new WebApp();
});

it("refuses to listen where somebody listens already", async () => {
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const second = new WebApp();
  await expect(second.listen({ host: "127.0.0.1", port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

it("finds paths whatever their case when told to, and leaves parameters theirs", async () => {
  app.get("/Things/:id", ({ params }) => params);
  expect((await ask("/things/AbC")).status).toBe(404);
  app.ignoreCase();
  expect(JSON.parse((await ask("/tHINGS/AbC")).text)).toEqual({ id: "AbC" });
});
