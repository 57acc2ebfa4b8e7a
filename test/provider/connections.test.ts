import { systemClock } from "../../lib/core/clock";
import { ProblemError } from "../../lib/core/problem";
import { HttpError } from "../../lib/http/error";
import { Connections } from "../../lib/provider/connections";
import { systems } from "../../lib/systems";
import { defineSettings } from "../../lib/systems/kit/settings";
import { EVERYWHERE } from "../../lib/systems/kit/realm";
import { UNKNOWN, type ValueObject } from "../../lib/terraform-plugin/values";
import type { Runtime, System } from "../../lib/systems/kit/system";

const runtime = { clock: systemClock, environment: {} } as unknown as Runtime;

function system(name: string, more: Partial<System>): System {
  const connect = async () => ({ name });
  return {
    name,
    title: name,
    settings: defineSettings({ attributes: {}, environment: {}, realm: EVERYWHERE }),
    connect,
    resources: [],
    dataSources: [],
    ...more,
  } as System;
}

test("prepares the systems that have something to prepare, and connects no other", async () => {
  const seen: string[] = [];
  const able = system("able", { prepare: (client) => void seen.push(`prepared ${JSON.stringify(client)}`) });
  const other = system("other", {
    connect: async () => {
      seen.push("connected the other");
      return {};
    },
  });
  await new Connections([other, able], {}, runtime).prepare();
  expect(seen).toEqual(['prepared {"name":"able"}']);
});

test("a system that cannot be connected spoils neither the preparation nor its own problem", async () => {
  const missing = system("missing", {
    connect: async () => {
      throw new ProblemError({
        code: "lab/missing",
        severity: "error",
        summary: "not configured",
        fix: "Configure it.",
      });
    },
    prepare: () => undefined,
  });
  const connections = new Connections([missing], {}, runtime);
  await connections.prepare();
  await expect(connections.client(missing)).rejects.toMatchObject({ problems: [{ code: "lab/missing" }] });
});

test("what was prepared is the client that calls get", async () => {
  const clients: unknown[] = [];
  const able = system("able", { prepare: (client) => void clients.push(client) });
  const connections = new Connections([able], {}, runtime);
  await connections.prepare();
  expect(await connections.client(able)).toBe(clients[0]);
});

describe("the realm of a system", () => {
  const realmOf = (name: string, config: ValueObject, environment: Record<string, string> = {}) =>
    new Connections(systems, config, { ...runtime, environment }).realm(systems.find((one) => one.name === name)!);

  test.each([
    ["vrops", "https://v.example.com", "https://V.example.com:443/suite-api/"],
    ["uptrends", null, "https://api.uptrends.com/v4/"],
    ["alertops", "https://api.alertops.com/", "https://api.alertops.com/api/v2"],
    ["uipath", "https://cloud.uipath.com/acme/Prod", "https://cloud.uipath.com/acme/Prod/orchestrator_"],
  ])("%s: %s and %s are one place", (name, one, other) => {
    const first = realmOf(name, { [name]: { url: one } });
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(realmOf(name, { [name]: { url: other } })).toBe(first);
    expect(realmOf(name, { [name]: { url: "https://other.example.com/a/b" } })).not.toBe(first);
  });

  test("is told from the environment as from the block, and does not depend on who logs in", () => {
    const block = realmOf("vrops", { vrops: { url: "https://v.example.com", username: "a" } });
    expect(realmOf("vrops", {}, { VROPS_URL: "https://v.example.com", VROPS_USERNAME: "b" })).toBe(block);
    expect(realmOf("vrops", { vrops: { url: "https://v.example.com", password: UNKNOWN } })).toBe(block);
  });

  test("organization and tenant of UiPath are told in the address or beside it", () => {
    const beside = { url: "https://cloud.uipath.com", organization: "acme", tenant: "Prod" };
    expect(realmOf("uipath", { uipath: beside })).toBe(
      realmOf("uipath", { uipath: { url: "https://cloud.uipath.com/acme/Prod" } }),
    );
    expect(realmOf("uipath", { uipath: { ...beside, tenant: "Test" } })).not.toBe(
      realmOf("uipath", { uipath: beside }),
    );
  });

  test.each<[string, ValueObject]>([
    ["missing", {}],
    ["unusable", { vrops: { url: "v.example.com" } }],
    ["unknown", { vrops: { url: UNKNOWN } }],
    ["unknown with its block", { vrops: UNKNOWN }],
  ])("is not known while the address is %s, whatever the environment says", (kind, config) => {
    const environment: Record<string, string> = kind === "missing" ? {} : { VROPS_URL: "https://v.example.com" };
    expect(realmOf("vrops", config, environment)).toBeUndefined();
  });

  test("of OVHcloud needs no settings: its services have names of their own", () => {
    expect(realmOf("ovh", { ovh: UNKNOWN })).toBe(realmOf("ovh", {}));
    expect(realmOf("ovh", {})).not.toBe(realmOf("ksaar", {}));
  });
});

test("that a system cannot be reached is told once, whatever number of resources asks", async () => {
  const refused = new HttpError("refused", "POST", "https://lab.example.test/login", "connect ECONNREFUSED");
  const down = system("down", {
    checkLogin: async () => {
      throw refused;
    },
  });
  const connections = new Connections([down], {}, runtime);
  const { signal } = new AbortController();
  const asked = await Promise.all([1, 2, 3].map(() => connections.checkLogin(down, signal)));
  expect(asked.flat().map(({ code }) => code)).toEqual(["down/login-unchecked"]);
  expect(await connections.checkLogin(down, signal)).toEqual([]);
});

describe("the certificate of a system's API", () => {
  const DAY = 86_400_000;
  const now = Date.parse("2026-11-28T12:00:00Z");

  /** A system that shows a certificate of this life, with so many days left. */
  function showing(life: number, left: number) {
    const certificate = { host: "vrops.example.test", from: now - (life - left) * DAY, to: now + left * DAY };
    const connect = async (_: unknown, { onCertificate }: Runtime) => ({ ask: () => onCertificate?.(certificate) });
    const shows = system("lab", {
      connect: connect as unknown as System["connect"],
      checkLogin: async (client) => (client as { ask(): void }).ask(),
    });
    const clock = { ...systemClock, now: () => now };
    return { shows, connections: new Connections([shows], {}, { ...runtime, clock }) };
  }

  it.each([
    [90, 7, "The certificate of lab (vrops.example.test) expires on 2026-12-05, in 7 days"],
    [90, 1, "The certificate of lab (vrops.example.test) expires on 2026-11-29, in 1 day"],
    [398, 29, "The certificate of lab (vrops.example.test) expires on 2026-12-27, in 29 days"],
    [45, 10, "The certificate of lab (vrops.example.test) expires on 2026-12-08, in 10 days"],
  ])("that lives %i days and has %i left is a warning, once a run", async (life, left, summary) => {
    const { shows, connections } = showing(life, left);
    const problems = await connections.checkLogin(shows, new AbortController().signal);
    expect(problems).toMatchObject([{ code: "lab/certificate-ends-soon", severity: "warning", summary }]);
    expect(connections.answered(shows)).toEqual([]);
  });

  it.each([
    [398, 45],
    [90, 31],
    [45, 20],
    [6, 3],
  ])("that lives %i days and has %i left is no news", async (life, left) => {
    const { shows, connections } = showing(life, left);
    expect(await connections.checkLogin(shows, new AbortController().signal)).toEqual([]);
  });

  it("is told by the read that saw it, where nothing has to log in", async () => {
    const { shows, connections } = showing(90, 7);
    ((await connections.client(shows)) as { ask(): void }).ask();
    expect(connections.answered(shows)).toMatchObject([{ code: "lab/certificate-ends-soon" }]);
    expect(connections.answered(shows)).toEqual([]);
  });
});
