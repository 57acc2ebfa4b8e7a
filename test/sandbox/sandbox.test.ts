jest.mock("../../lib/systems", () => ({ systems: [] }));
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { WebApp } from "../../lib/systems/kit/simulator/web-app";
import { createTransport } from "nodemailer";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Firewall } from "../../lib/sandbox/network";
import type { Network, Simulator, SimulatorWorld } from "../../lib/systems/kit/simulator/simulation";
import { Tables } from "../../lib/systems/kit/simulator/tables";
import { createVropsSimulator } from "../../lib/systems/vrops/simulator";

/** Opens and closes flows, as the OVHcloud API does, and nothing else. */
function gate(world: SimulatorWorld): Simulator {
  const tables = new Tables();
  const doors = tables.table<{ readonly name: string }>();
  tables.seed(() => {
    world.network.open("gate", "192.0.2.9", 25);
    doors.set("front", { name: "Front door" });
  });
  return {
    system: "gate",
    tables,
    objects: () =>
      doors.list().map((door) => ({
        type: "door",
        id: door.name,
        name: door.name,
        foreign: doors.isForeign(door.name === "Front door" ? "front" : door.name),
        settings: { token: "gate-token-value" },
      })),
    register: (app: WebApp) => {
      app.get("/", async () => ({ secret: "gate-secret", open: true }));
      app.post("/:door", async (request) => {
        const { door } = request.params as { door: string };
        return doors.set(door, { name: door });
      });
    },
    environment: (url) => ({ GATE_URL: url, GATE_TOKEN: "gate-token-value" }),
    snapshot: () => ({ options: world.options["gate"], note: "the token is gate-token-value" }),
    interventions: {
      open: (flow) => {
        const { platform, ip, port } = flow as { platform: string; ip: string; port: number };
        world.network.open(platform, ip, port);
        return "opened";
      },
      build: (name) => doors.set(String(name), { name: String(name) }),
      explode: () => {
        throw new Error("no such flow");
      },
    },
  };
}
const systems = [
  { name: "gate", simulator: async () => gate },
  { name: "vrops", simulator: async () => createVropsSimulator },
];

async function call(url: string, method = "GET", body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: () => JSON.parse(text) };
}

describe("a sandbox", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ systems, seed: 7, service: "pcc-198-51-100-7", options: { gate: { depth: 3 } } });
  });
  afterAll(() => sandbox.close());
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.inbox.clear();
  });

  /** A vROps whose e-mail plugin points at the sandbox's server; resolves to what its own test call answers. */
  async function platformTest() {
    const { VROPS_URL, VROPS_USERNAME, VROPS_PASSWORD } = sandbox.environment();
    const api = `${VROPS_URL}/suite-api/api`;
    const login = await call(`${api}/auth/token/acquire`, "POST", {
      username: VROPS_USERNAME,
      password: VROPS_PASSWORD,
    });
    const token = { authorization: `vRealizeOpsToken ${login.json().token}`, accept: "application/json" };
    const settings = {
      SMTP_HOST: sandbox.mail.startTls.host,
      SMTP_PORT: String(sandbox.mail.startTls.port),
      IS_SECURE_CONNECTION: "true",
      SECURE_CONNECTION_TYPE: "TLS",
      IS_REQUIRES_AUTHETICATION: "true",
      USERNAME: sandbox.mail.user,
      PASSWORD: sandbox.mail.password,
      senderEmailAddress: "alerts@example.com",
      senderName: "Alerting",
    };
    const plugin = await call(
      `${api}/alertplugins`,
      "POST",
      {
        pluginTypeId: "StandardEmailPlugin",
        name: `plugin ${Math.random()}`,
        configValues: Object.entries(settings).map(([name, value]) => ({ name, value })),
      },
      token,
    );
    const { pluginId, certificates } = plugin.json();
    if (certificates?.length > 0) await call(`${api}/alertplugins`, "PATCH", plugin.json(), token);
    return call(`${api}/alertplugins/${pluginId}/test?receiverAddress=oncall@example.com`, "POST", undefined, token);
  }

  it("lets the platform's mail through only while a flow is open", async () => {
    const shut = await platformTest();
    expect(shut.status).toBe(500);
    expect(shut.text).toContain("connect timed out");
    expect(sandbox.inbox.messages).toEqual([]);

    const { host, port } = sandbox.mail.startTls;
    sandbox.network.open("pcc-198-51-100-7", host, port);
    const opened = await platformTest();
    expect(opened).toMatchObject({ status: 200 });
    expect(sandbox.inbox.messages).toMatchObject([{ to: ["oncall@example.com"], user: sandbox.mail.user }]);

    sandbox.network.close("pcc-198-51-100-7", host, port);
    expect((await platformTest()).status).toBe(500);
  });

  it("tells what stacks and provider need, and writes the authority where only this user can read it", () => {
    const environment = sandbox.environment();
    expect(environment).toMatchObject({
      GATE_URL: sandbox.urls["gate"],
      VROPS_URL: sandbox.urls["vrops"],
      OUTBOUND_SANDBOX_SERVICE: "pcc-198-51-100-7",
      OUTBOUND_SANDBOX_SMTP_PORT: "2525",
      OUTBOUND_SANDBOX_URL: sandbox.url,
    });
    const directory = dirname(environment["OUTBOUND_SANDBOX_SMTP_CA"]!);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it("gives each simulator its own options, and all of them the platform", () => {
    expect(sandbox.state().systems["gate"]).toMatchObject({ options: { depth: 3, service: "pcc-198-51-100-7" } });
    expect(sandbox.state().systems["vrops"]).toMatchObject({ service: "pcc-198-51-100-7" });
  });

  it("has a mail server that wants the right password over TLS, and knows no receiver called unknown", async () => {
    const { startTls, tls, user, password, ca } = sandbox.mail;
    const send = (door: typeof tls, pass: string, to: string) =>
      createTransport({
        host: door.host,
        port: door.port,
        secure: door === tls,
        requireTLS: true,
        auth: { user, pass },
        tls: { ca },
      }).sendMail({ from: "alerts@example.com", to, subject: "x", text: "y" });
    await expect(send(startTls, "wrong", "oncall@example.com")).rejects.toMatchObject({ responseCode: 535 });
    await expect(send(startTls, password, "unknown@example.com")).rejects.toMatchObject({ responseCode: 550 });
    await send(startTls, password, "oncall@example.com");
    await send(tls, password, "oncall@example.com");
    expect(sandbox.inbox.messages).toHaveLength(2);
  });

  it("runs beside another one with the same seed: the mail servers stand at different addresses", async () => {
    const twin = await startSandbox({ systems: [], seed: 7 });
    expect(twin.mail.startTls.host).not.toBe(sandbox.mail.startTls.host);
    await twin.close();
  });

  it("tells what exists, and what no call of the API has made", async () => {
    await call(`${sandbox.urls["gate"]!}/side`, "POST", {});
    await sandbox.intervene("gate", "build", "back");
    const ofGate = sandbox.objects().filter(({ system }) => system === "gate");
    const told = ofGate.map(({ system, id, foreign }) => [system, id, foreign]);
    expect(told).toEqual([
      ["gate", "Front door", true],
      ["gate", "side", false],
      ["gate", "back", true],
    ]);
    const shown = await call(`${sandbox.url}/_sandbox/objects`);
    expect(shown.json()[0]).toMatchObject({ type: "door", settings: { token: "(redacted)" } });
  });

  it.each(["reset()", "/_sandbox/reset"])("begins anew by %s, at the same addresses", async (way) => {
    await call(`${sandbox.urls["gate"]!}/side`, "POST", {});
    sandbox.network.open("p", "192.0.2.1", 25);
    sandbox.faults.add({ path: "/never", effect: { kind: "omit" } });
    if (way === "reset()") sandbox.reset();
    else expect((await call(`${sandbox.url}${way}`, "POST")).status).toBe(204);
    expect(sandbox.objects()).toMatchObject([{ id: "Front door", foreign: true }]);
    expect(sandbox.network.list()).toEqual([{ platform: "gate", ip: "192.0.2.9", port: 25 }]);
    expect([sandbox.faults.list(), sandbox.requests.list(), sandbox.inbox.messages, sandbox.tests.list()]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect((await call(sandbox.urls["gate"]!)).status).toBe(200);
  });

  it("counts a colleague's change as a write that readers may not have heard of", async () => {
    sandbox.faults.add({ system: "gate", method: "GET", path: "/", effect: { kind: "stale" } });
    await call(sandbox.urls["gate"]!);
    expect(sandbox.faults.list()[0]).toMatchObject({ hits: 0 });
    await sandbox.intervene("gate", "build", "garden");
    await call(sandbox.urls["gate"]!);
    expect(sandbox.faults.list()[0]).toMatchObject({ hits: 1 });
  });

  it("refuses interventions it does not have, and says which it has", async () => {
    await expect(sandbox.intervene("gat", "open")).rejects.toMatchObject({
      problems: [{ code: "sandbox/unknown-system", expected: "one of gate, vrops" }],
    });
    await expect(sandbox.intervene("gate", "toString")).rejects.toMatchObject({
      problems: [{ code: "sandbox/unknown-intervention", expected: "one of open, build, explode" }],
    });
    await expect(sandbox.intervene("gate", "explode")).rejects.toMatchObject({
      problems: [{ code: "sandbox/intervention-refused", evidence: "no such flow" }],
    });
  });

  describe("its control", () => {
    it("shows state and requests without secrets", async () => {
      await call(sandbox.urls["gate"]!);
      const state = await call(`${sandbox.url}/_sandbox/state`);
      const requests = await call(`${sandbox.url}/_sandbox/requests`);
      expect(state.json().systems.gate.note).toContain("the token is (redacted)");
      expect(requests.json().at(-1)).toMatchObject({ system: "gate", path: "/", answer: { open: true } });
      const { VROPS_PASSWORD, SMTP_PASSWORD } = sandbox.environment();
      for (const secret of ["gate-secret", "gate-token-value", VROPS_PASSWORD!, SMTP_PASSWORD!]) {
        expect(state.text + requests.text).not.toContain(secret);
      }
      expect((await call(`${sandbox.url}/_sandbox/requests`, "DELETE")).status).toBe(204);
      expect((await call(`${sandbox.url}/_sandbox/requests`)).json()).toEqual([]);
    });

    it("arms faults and takes them away", async () => {
      const fault = { path: "/", system: "gate", effect: { kind: "status", status: 503 } };
      const { id } = (await call(`${sandbox.url}/_sandbox/faults`, "POST", fault)).json();
      expect((await call(sandbox.urls["gate"]!)).status).toBe(503);
      expect((await call(`${sandbox.url}/_sandbox/faults`)).json()).toMatchObject([{ id, hits: 1 }]);
      expect((await call(`${sandbox.url}/_sandbox/faults/${id}`, "DELETE")).status).toBe(204);
      expect((await call(`${sandbox.url}/_sandbox/faults/${id}`, "DELETE")).status).toBe(404);
      const refused = await call(`${sandbox.url}/_sandbox/faults`, "POST", { path: "/" });
      expect(refused.status).toBe(400);
      expect(refused.json().problems[0].code).toBe("sandbox/fault-invalid");
    });

    it("intervenes", async () => {
      const flow = { platform: "p", ip: "192.0.2.1", port: 25 };
      const answer = await call(`${sandbox.url}/_sandbox/intervene/gate/open`, "POST", flow);
      expect(answer.json()).toEqual({ result: "opened" });
      expect(sandbox.network.allows("p", "192.0.2.1", 25)).toBe(true);
      sandbox.network.close("p", "192.0.2.1", 25);
      expect((await call(`${sandbox.url}/_sandbox/interventions`)).json()["gate"]).toEqual([
        "open",
        "build",
        "explode",
      ]);
    });

    it("shows the inbox to people, secrets masked, and to programs", async () => {
      const { startTls, user, password, ca } = sandbox.mail;
      await createTransport({
        host: startTls.host,
        port: startTls.port,
        auth: { user, pass: password },
        tls: { ca },
      }).sendMail({
        from: "alerts@example.com",
        to: "oncall@example.com",
        subject: "<script>alert(1)</script>",
        text: `</pre><img src=x> ${password}`,
        html: `<p>${password}</p>`,
      });
      const [{ number }] = (await call(`${sandbox.url}/_sandbox/messages`)).json();
      for (const part of ["", "/html", "/raw"]) {
        const { status, text } = await call(`${sandbox.url}/_sandbox/messages/${number}${part}`);
        expect(status).toBe(200);
        expect(text).toContain("(redacted)");
        expect(text).not.toContain(password);
      }
      expect((await call(`${sandbox.url}/`)).text).toContain("<title>Outbound sandbox</title>");
      const messages = (await call(`${sandbox.url}/_sandbox/inbox`)).json();
      expect(messages).toMatchObject([{ subject: "<script>alert(1)</script>", to: ["oncall@example.com"] }]);
    });

    it("answers to no other name, as a rebound DNS name would have it, and takes no plain text", async () => {
      const { request } = await import("node:http");
      const status = (headers: Record<string, string>, method: string, path: string) =>
        new Promise<number>((resolve) => {
          request(`${sandbox.url}${path}`, { method, headers, agent: false }, (answer) => {
            answer.resume();
            resolve(answer.statusCode!);
          }).end(method === "POST" ? "{}" : undefined);
        });
      expect(await status({ host: "evil.example" }, "GET", "/_sandbox/state")).toBe(421);
      expect(await status({ "content-type": "text/plain" }, "POST", "/_sandbox/faults")).toBe(415);
      // A page of another site, and a mail that is shown, which has an origin of its own.
      const open = "/_sandbox/intervene/gate/explode";
      const json = { "content-type": "application/json" };
      for (const origin of ["http://evil.example", "null"]) {
        expect(await status({ ...json, origin }, "POST", open)).toBe(403);
      }
      expect(await status({ ...json, origin: sandbox.url }, "POST", open)).toBe(400);
    });
  });
});

it("answers requests that arrive together in an order that the seed decides", async () => {
  const sandbox = await startSandbox({ systems, seed: 1, order: "random" });
  const doors = ["a", "b", "c", "d", "e", "f"];
  const orders = async (seed: number) => {
    sandbox.reset(seed);
    await Promise.all(doors.map((door) => call(`${sandbox.urls["gate"]!}/${door}`, "POST", {})));
    return sandbox.requests.list().map(({ path }) => path.slice(1));
  };
  const seen = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const order = await orders(seed);
    expect([...order].sort()).toEqual(doors);
    seen.add(order.join());
  }
  await sandbox.close();
  expect(seen.size).toBeGreaterThan(5);
});

it("leaves nothing behind: no directory, no open port", async () => {
  const sandbox = await startSandbox({ systems });
  const file = sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]!;
  await sandbox.close();
  expect(existsSync(dirname(file))).toBe(false);
  await expect(fetch(sandbox.url)).rejects.toThrow();
  await expect(fetch(sandbox.urls["vrops"]!)).rejects.toThrow();
});

it("cleans up what had been started when something cannot start", async () => {
  const closed = jest.fn();
  const fine = { ...gate({ options: {}, network: new Firewall() as Network } as SimulatorWorld), close: closed };
  const systems = [
    { name: "gate", simulator: async () => () => fine },
    { name: "broken", simulator: () => Promise.reject(new Error("cannot start")) },
  ];
  await expect(startSandbox({ systems })).rejects.toThrow("cannot start");
  expect(closed).toHaveBeenCalledTimes(1);
});

it("is the same again with the same seed", async () => {
  const passwordOf = async (seed: number) => {
    const sandbox = await startSandbox({ systems: [], seed });
    await sandbox.close();
    return sandbox.mail.password;
  };
  expect(await passwordOf(11)).toBe(await passwordOf(11));
  expect(await passwordOf(11)).not.toBe(await passwordOf(12));
});
