import type { Clock } from "../../../lib/core/clock";
import { connectSystem } from "../../../lib/systems/kit/connect";
import { tenantMailResource } from "../../../lib/systems/uipath/tenant-mail.resource";
import {
  hurriedClock,
  openRoom,
  ORGANIZATION,
  PASSWORD,
  problemOf,
  request,
  tenantMail,
  type Room,
  type RoomOptions,
} from "./room";

let room: Room;
afterEach(() => room?.close());
/** Without a version: what alerts leave by in newer releases is looked at in mail-in-force.test.ts. */
const open = async ({ uipath, ...options }: RoomOptions = {}) =>
  (room = await openRoom({ ...options, uipath: { showVersion: false, ...uipath } }));
const signal = () => new AbortController().signal;
const logins = () => room.simulated.requests.filter((one) => /connect\/token|authenticate/.test(one)).length;

describe("a login", () => {
  it.each([
    [{ client_secret: "wrong" }, {}, "uipath/login-refused", "invalid_client"],
    [{}, { scopes: "PM.Setting" }, "uipath/scope-refused", "invalid_scope"],
    [{}, { login: "account", password: "right", edition: "cloud" }, "uipath/no-login-there", "UnsupportedApiVersion"],
    [
      { password: "wrong" },
      { login: "account" },
      "uipath/login-refused",
      "Invalid username/email address or password.",
    ],
    [{ identity_url: "IDENTITY" }, {}, "uipath/no-login-there", "404"],
  ])("with %j at %j is refused as %s", async (settings: Record<string, string>, uipath, code, words) => {
    await open({ uipath });
    if (settings["identity_url"]) settings = { identity_url: `${room.simulated.url}/wrong/api` };
    const simulated = room.simulated;
    const { uipath: system } = await import("../../../lib/systems/uipath");
    const { runtimeWith } = await import("./room");
    const client = await connectSystem(system, settings, runtimeWith(simulated.simulator.environment(simulated.url)));
    const problem = await problemOf(client.tenant.shown.read(signal()));
    expect(problem.code).toBe(code);
    expect(problem.evidence).toContain(words);
    // Accounts are locked after a few failures: the answer is remembered.
    const before = logins();
    await problemOf(client.tenant.shown.read(signal()));
    expect(logins()).toBe(before);
  });

  it("happens once for all who ask at the same time, and asks only for the scopes that are needed", async () => {
    await open({ uipath: { scopes: "OR.Settings" } });
    await Promise.all([1, 2, 3].map(() => room.client.tenant.shown.read(signal())));
    expect(logins()).toBe(1);
  });

  it("by user name works for the tenant's settings", async () => {
    await open({ uipath: { login: "account", edition: "standalone" } });
    await tenantMailResource.create(request(tenantMail(), { password_wo: PASSWORD }), room.context);
    expect(room.simulated.requests[0]).toBe("POST /api/account/authenticate");
  });

  it("tells the redactor secret and token", async () => {
    await open();
    await room.client.tenant.shown.read(signal());
    expect(room.redactor.redact("sandbox-uipath-client-secret")).toBe("(redacted)");
  });
});

describe.each(["cloud", "suite", "standalone"])("the addresses of the edition %s", (edition) => {
  it("lead to Orchestrator and to the Identity service", async () => {
    await open({ uipath: { edition } });
    expect((await room.client.tenant.shown.read(signal())).size).toBeGreaterThan(9);
    expect((await room.client.system.shown(ORGANIZATION).read(signal())).size).toBe(0);
  });
});

describe("a token", () => {
  it("that is refused in mid-run is replaced, and the request repeated", async () => {
    await open();
    await room.client.tenant.shown.read(signal());
    room.intervene("expire-tokens");
    await tenantMailResource.create(request(tenantMail(), { password_wo: PASSWORD }), room.context);
    expect(room.state().tenant.own).not.toEqual({});
    expect(room.state().logins).toBe(2);
  });

  it("is replaced before it expires", async () => {
    let now = 1_000_000;
    const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
    const statuses: number[] = [];
    await open({
      clock,
      uipath: { tokenSeconds: 600 },
      prepare: (app) => app.addHook("onResponse", async (_request, reply) => void statuses.push(reply.statusCode)),
    });
    await room.client.tenant.update(new Map([["Alerts.Email.Enabled", "true"]]), signal());
    now += 580_000;
    await room.client.tenant.update(new Map([["Alerts.Email.Enabled", "false"]]), signal());
    expect(room.state().logins).toBe(2);
    expect(statuses).not.toContain(401);
  });
});

describe("throttling", () => {
  it.each([undefined, "7"])("with Retry-After %s is waited out, also for a POST", async (retryAfter) => {
    const waits: number[] = [];
    let refusals = 2;
    await open({
      clock: hurriedClock(waits),
      prepare: (app) =>
        app.addHook("onRequest", async (incoming, reply) => {
          if (!incoming.url.endsWith("UpdateBulk") || refusals-- <= 0) return;
          if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
          return reply.code(429).send("");
        }),
    });
    await room.client.tenant.update(new Map([["Alerts.Email.Enabled", "false"]]), signal());
    expect(room.state().tenant.own["Alerts.Email.Enabled"]).toBe("false");
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(waits.some((ms) => ms > 6000 && ms <= 7000)).toBe(retryAfter !== undefined);
  });

  it("that does not end is reported", async () => {
    await open({ uipath: { identityLimits: { GET: 0 } } });
    expect((await problemOf(room.client.system.shown(ORGANIZATION).read(signal()))).code).toBe("uipath/rate-limited");
  });
});

it("explains an address that leads to the portal", async () => {
  await open({
    prepare: (app) =>
      app.addHook("onRequest", async (incoming, reply) => {
        if (incoming.url.includes("odata")) return reply.type("text/html").send("<html>UiPath</html>");
      }),
  });
  const problem = await problemOf(room.client.tenant.shown.read(signal()));
  expect(problem.code).toBe("uipath/unexpected-answer");
  expect(problem.fix).toContain("portal");
});
