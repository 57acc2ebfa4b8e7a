import { request as httpRequest } from "node:http";
import type { WebApp } from "../../lib/systems/kit/simulator/web-app";
import type { WebRequest } from "../../lib/systems/kit/simulator/web";
import { systemClock } from "../../lib/core/clock";
import { Redactor } from "../../lib/core/redaction";
import { Faults } from "../../lib/sandbox/faults";
import { startHost, type SandboxHost } from "../../lib/sandbox/host";
import { Recorder } from "../../lib/sandbox/recorder";
import { Tables } from "../../lib/systems/kit/simulator/tables";
import { without } from "../../lib/systems/kit/without";

interface Thing {
  readonly id: number;
  readonly name?: string;
}

/** A system as small as can be: things are made by POST, changed by PUT, listed or got one by one by GET. */
function thingSimulator() {
  const tables = new Tables();
  const things = tables.table<Thing>();
  const nextId = tables.sequence(1);
  const id = (request: WebRequest) => (request.params as { id: string }).id;
  return {
    /** As they were sent. */
    made: () => things.list().map((thing) => without(thing, "id")),
    simulator: {
      system: "things",
      tables,
      register: (app: WebApp) => {
        app.get("/api/things", async () => things.list());
        app.get("/api/things/:id", async (request, reply) => things.get(id(request)) ?? reply.code(404).send({}));
        app.post("/api/things", async (request, reply) => {
          const made = nextId();
          things.set(made, { ...(request.body as object), id: made });
          return reply.code(201).send({ made });
        });
        app.put("/api/things/:id", async (request, reply) => {
          things.patch(id(request), request.body as object);
          return reply.code(204).send();
        });
        app.delete("/api/things/:id", async (request, reply) => {
          things.delete(id(request));
          return reply.code(204).send();
        });
      },
      environment: () => ({}),
      snapshot: () => ({ things: things.list() }),
      objects: () => [],
    },
  };
}

interface Reply {
  status: number;
  body: unknown;
  headers: Record<string, unknown>;
}

/** Rejects with the socket's own error code, which fetch would hide. */
function ask(url: string, method: string, body?: unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { "content-type": "application/json" };
    const call = httpRequest(url, { method, headers, agent: false }, (answer) => {
      let received = "";
      answer.on("data", (chunk) => (received += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode!, body: parsed(received), headers: answer.headers }));
    });
    call.on("error", reject);
    call.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

describe("a hosted simulator", () => {
  let host: SandboxHost;
  let faults: Faults;
  let recorder: Recorder;
  let made: () => unknown[];
  let now: number;
  const waits: number[] = [];
  const redactor = new Redactor();
  redactor.add("hunter2-long");

  beforeEach(async () => {
    waits.length = 0;
    now = 0;
    const clock = { now: () => now, sleep: async (ms: number) => void waits.push(ms) };
    const { simulator, made: things } = thingSimulator();
    made = things;
    faults = new Faults(() => new Map([["things", simulator.tables.written]]));
    recorder = new Recorder(clock, redactor);
    host = await startHost({
      simulator,
      faults,
      recorder,
      clock,
      latencyMs: 50,
      port: 0,
      closing: new AbortController().signal,
    });
  });
  afterEach(() => host.close());

  const post = (body: unknown = { name: "a" }) => ask(`${host.url}/api/things`, "POST", body);
  const list = () => ask(`${host.url}/api/things`, "GET");

  it("loses the reply after the effect: the thing is there although the caller saw a broken connection", async () => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "reset-after" } });
    await expect(post()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(made()).toEqual([{ name: "a" }]);
    expect((await post()).status).toBe(201);
  });

  it("cuts the answer's body short after the effect", async () => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "truncated" } });
    await expect(
      fetch(`${host.url}/api/things`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"name":"a"}',
      }).then((answer) => answer.text()),
    ).rejects.toThrow();
    expect(made()).toEqual([{ name: "a" }]);
  });

  it("sends the second half of the answer's body later, and all of it", async () => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "slow-body", ms: 5 } });
    await expect(post()).resolves.toMatchObject({ status: 201, body: { made: 1 } });
  });

  it("breaks the connection before the effect: nothing happened", async () => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "reset-before" } });
    await expect(post()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(made()).toEqual([]);
  });

  it("answers with the given status, body and headers, and asks the simulator nothing", async () => {
    faults.add({
      method: "POST",
      path: "/api/things",
      effect: { kind: "status", status: 429, body: { message: "slow down" }, headers: { "retry-after": "2" } },
    });
    const answer = await post();
    expect(answer).toMatchObject({ status: 429, body: { message: "slow down" } });
    expect(answer.headers["retry-after"]).toBe("2");
    expect(made()).toEqual([]);
  });

  it.each(["PUT", "POST", "DELETE"])(
    "answers a %s with a page for people, and asks the simulator nothing",
    async (method) => {
      faults.add({ method: "ANY", path: "/api/things", effect: { kind: "maintenance" } });
      const answer = await ask(`${host.url}/api/things`, method, method === "DELETE" ? undefined : { name: "a" });
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
      expect(answer.body).toMatch(/^<!doctype html>/);
      expect(made()).toEqual([]);
    },
  );

  it.each([[undefined], [200], [202]])("says it is done (%s), empty, and has done nothing", async (status) => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "fake-success", ...(status && { status }) } });
    expect(await post()).toMatchObject({ status: status ?? 204, body: "" });
    expect(made()).toEqual([]);
  });

  const change = (method: string, id: number, body?: unknown) => ask(`${host.url}/api/things/${id}`, method, body);
  const get = (id: number) => ask(`${host.url}/api/things/${id}`, "GET");
  const names = async () => ((await list()).body as Thing[]).map(({ name }) => name);
  const STALE = { method: "GET", path: "/api/things", effect: { kind: "stale" } } as const;

  it("answers a stale list with what was there before the write, though nobody had read it, then with the truth", async () => {
    faults.add({ ...STALE, times: 2 });
    await post();
    expect(await names()).toEqual([]);
    expect(await get(1)).toMatchObject({ status: 200 });
    expect(await names()).toEqual([]);
    expect(await names()).toEqual(["a"]);
  });

  it("waits with a stale list for the next write", async () => {
    await post();
    faults.add(STALE);
    expect(await names()).toEqual(["a"]);
    expect(faults.list()[0]!.hits).toBe(0);
    await post({ name: "b" });
    expect(await names()).toEqual(["a"]);
    expect(await names()).toEqual(["a", "b"]);
  });

  it("begins at once with what was there before the last write, when told so", async () => {
    await post();
    await post({ name: "b" });
    faults.add({ ...STALE, effect: { kind: "stale", from: "last-write" }, times: "always" });
    expect(await names()).toEqual(["a"]);
    await post({ name: "c" });
    expect(await names()).toEqual(["a"]);
  });

  it("hides as many of the last writes as it is told", async () => {
    faults.add({ ...STALE, effect: { kind: "stale", writes: 2 }, times: "always" });
    for (const name of ["a", "b", "c"]) await post({ name });
    expect(await names()).toEqual(["a"]);
  });

  it("shows what was changed as it was, and what was deleted in its old place; by id too where the path says so", async () => {
    for (const name of ["a", "b", "c"]) await post({ name });
    faults.add({ ...STALE, path: "/api/things**", times: "always" });
    await change("PUT", 1, { name: "z" });
    await change("DELETE", 2);
    expect(await names()).toEqual(["a", "b", "c"]);
    expect(await get(1)).toMatchObject({ body: { name: "a" } });
    expect(await get(2)).toMatchObject({ status: 200, body: { name: "b" } });
    faults.clear();
    expect(await names()).toEqual(["z", "c"]);
    expect(await get(2)).toMatchObject({ status: 404 });
  });

  it("is no longer stale so many milliseconds after the write", async () => {
    faults.add({ ...STALE, effect: { kind: "stale", ms: 100 }, times: "always" });
    await post();
    now = 100;
    expect(await names()).toEqual([]);
    now = 101;
    expect(await names()).toEqual(["a"]);
  });

  it("counts no write that was refused or changed nothing", async () => {
    faults.add({ ...STALE, effect: { kind: "stale", writes: 1 }, times: "always" });
    await post();
    await change("DELETE", 7);
    expect(await names()).toEqual([]);
  });

  it("loses a stale answer never by an invented one", async () => {
    faults.add({ method: "GET", path: "/api/things", effect: { kind: "status", status: 503 } });
    faults.add(STALE);
    await post();
    expect((await list()).status).toBe(503);
    expect(await list()).toMatchObject({ status: 200, body: [] });
  });

  it.each([
    [undefined, ["a"]],
    ["1", ["b"]],
  ])("leaves %s out of the list, though it can be got by its id", async (id, listed) => {
    await post();
    await post({ name: "b" });
    faults.add({ method: "GET", path: "/api/things**", times: "always", effect: { kind: "omit", ...(id && { id }) } });
    expect(await names()).toEqual(listed);
    expect(await get(1)).toMatchObject({ body: { name: "a" } });
    expect(await get(2)).toMatchObject({ body: { name: "b" } });
  });

  it("waits as long as the latency and the delay say", async () => {
    faults.add({ path: "/**", effect: { kind: "delay", ms: 700 } });
    await list();
    await list();
    expect(waits).toEqual([50, 700, 50]);
  });

  it("records requests and answers, also those that a fault cut short", async () => {
    faults.add({ method: "POST", path: "/api/things", effect: { kind: "reset-after" } });
    await post({ name: "a", password: "x" }).catch(() => undefined);
    await ask(`${host.url}/api/things?page=2`, "GET");
    expect(recorder.list()).toMatchObject([
      { sequence: 1, method: "POST", path: "/api/things", status: 0, fault: "reset-after" },
      { sequence: 2, system: "things", method: "GET", query: { page: "2" }, status: 200 },
    ]);
  });

  it("records a JSON body as JSON also where the simulator wants its exact text, so that it is masked too", async () => {
    const scope = thingSimulator().simulator;
    const register = (app: WebApp) => {
      app.setBodyParser((body) => body);
      app.post("/text", async (request) => ({ length: String(request.body).length }));
    };
    const closing = new AbortController().signal;
    const clock = systemClock;
    const text = await startHost({
      simulator: { ...scope, register },
      faults,
      recorder,
      clock,
      latencyMs: 0,
      port: 0,
      closing,
    });
    await ask(`${text.url}/text`, "POST", { ip: "192.0.2.1", password: "third-secret" });
    await text.close();
    expect(recorder.list()).toMatchObject([{ body: { ip: "192.0.2.1", password: "(redacted)" } }]);
  });

  it("masks secrets in what it records: by name, in name-value pairs, and by what is known to be secret", async () => {
    await post({
      password: "first-secret",
      configValues: [
        { name: "PASSWORD", value: "second-secret" },
        { name: "SMTP_HOST", value: "smtp.example.com" },
      ],
      settings: [{ Name: "Abp.Net.Mail.Smtp.Password", Value: "third-secret" }],
      note: "I use hunter2-long everywhere",
    });
    const recorded = JSON.stringify(recorder.list());
    expect(recorded).not.toMatch(/first-secret|second-secret|third-secret|hunter2-long/);
    expect(recorded).toContain("smtp.example.com");
    expect(made()).toMatchObject([{ password: "first-secret" }]);
  });
});

it("keeps nothing of a request without a recorder, and still answers", async () => {
  const { simulator } = thingSimulator();
  const closing = new AbortController().signal;
  const host = await startHost({ simulator, faults: new Faults(), clock: systemClock, latencyMs: 0, port: 0, closing });
  await expect(ask(`${host.url}/api/things`, "GET")).resolves.toMatchObject({ status: 200 });
  await host.close();
});

it("says which port is taken", async () => {
  const closing = new AbortController().signal;
  const start = (port: number) =>
    startHost({
      simulator: thingSimulator().simulator,
      faults: new Faults(),
      clock: systemClock,
      latencyMs: 0,
      port,
      closing,
    });
  const first = await start(0);
  const port = Number(new URL(first.url).port);
  await expect(start(port)).rejects.toMatchObject({
    problems: [{ code: "sandbox/port-in-use", got: `127.0.0.1:${port}` }],
  });
  await first.close();
});

describe("a web page in the user's browser", () => {
  const send = (url: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const call = httpRequest(
        {
          hostname,
          port,
          path: "/api/things",
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode!);
        },
      );
      call.on("error", reject).end("{}");
    });

  it.each([
    ["by a name that was rebound to this machine", { host: "evil.example" }, 421],
    ["by a name that only begins like this machine", { host: "127.0.0.1.evil.example" }, 421],
    ["from another origin", { origin: "http://evil.example" }, 403],
    ["from a mail that is shown", { origin: "null" }, 403],
    ["by a form that names no origin", { "sec-fetch-site": "cross-site" }, 403],
    ["from another port of this machine", { "sec-fetch-site": "same-site" }, 403],
  ])("cannot drive a simulator %s", async (_, headers, refusal) => {
    const { made, simulator } = thingSimulator();
    const host = await startHost({
      simulator,
      faults: new Faults(() => new Map()),
      clock: systemClock,
      latencyMs: 0,
      port: 0,
      closing: new AbortController().signal,
    });
    try {
      expect(await send(host.url, headers)).toBe(refusal);
      expect(made()).toEqual([]);
      expect(await send(host.url, {})).toBe(201);
    } finally {
      await host.close();
    }
  });
});
