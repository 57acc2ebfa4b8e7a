import { networkMap, type MapInput } from "../../lib/sandbox/network-map";
import type { Outlet, Connectivity } from "../../lib/systems/kit/simulator/connectivity";
import { deployedSandbox, type DeployedSandbox } from "../support/deployed-sandbox";

const SERVICE = "pcc-192-0-2-10";
const relay = { host: "127.0.0.9", port: 2525, security: "starttls", ip: "127.0.0.9" } as const;
const outlet = (changes: Partial<Outlet> = {}): Outlet => ({
  name: "Prod SMTP",
  enabled: true,
  behind: SERVICE,
  smtp: relay,
  receivers: ["oncall@example.com"],
  ...changes,
});
const flow = { platform: SERVICE, ip: relay.ip, port: relay.port };

function map(outlets: readonly Outlet[], changes: Partial<MapInput> = {}, ways: Connectivity = {}) {
  return networkMap({
    systems: [
      { system: "vrops", title: "vROps", url: "http://127.0.0.1:1", ways: { outlets } },
      { system: "other", title: "Other", url: "http://127.0.0.1:2", ways },
    ],
    listeners: [{ title: "SMTP with STARTTLS", host: relay.host, port: relay.port }],
    flows: [],
    service: SERVICE,
    ...changes,
  });
}
const wayOf = (...args: Parameters<typeof map>) => map(...args).systems[0]!.ways[0]!;

describe("a way to a mail server", () => {
  it("is blocked while no flow goes there, and says which flow is missing", () => {
    const [status, why] = ["blocked", "blocked: no open flow of pcc-192-0-2-10 to 127.0.0.9:2525"];
    expect(wayOf([outlet()])).toMatchObject({ status, why, to: "smtp:127.0.0.9:2525", service: SERVICE });
    const others = [
      { ...flow, port: 587 },
      { ...flow, ip: "127.0.0.8" },
      { ...flow, platform: "pcc-198-51-100-7" },
    ];
    expect(wayOf([outlet()], { flows: others })).toMatchObject({ status });
  });

  it("is open while one does", () => {
    expect(wayOf([outlet()], { flows: [flow] })).toMatchObject({
      status: "open",
      why: "open: a flow of pcc-192-0-2-10 goes to 127.0.0.9:2525",
    });
  });

  it("tells of a flow that is on its way", () => {
    const opening = { service: SERVICE, ip: relay.ip, port: relay.port, description: "", state: "creating" };
    const { status, why } = wayOf([outlet()], {}, { openings: [opening] });
    expect(status).toBe("blocked");
    expect(why).toContain("one is in state creating");
  });

  it("is open where no firewall stands, off where it is switched off, and not known where only the real DNS knows", () => {
    expect(wayOf([outlet({ behind: undefined })])).toMatchObject({
      status: "open",
      why: "open: no firewall in the way",
    });
    expect(wayOf([outlet({ enabled: false })], { flows: [flow] })).toMatchObject({ status: "off" });
    const named = { ...relay, host: "smtp.example.com", ip: undefined };
    expect(wayOf([outlet({ smtp: named })], { flows: [flow] })).toMatchObject({
      status: "unknown",
      why: expect.stringContaining("smtp.example.com"),
    });
    expect(wayOf([outlet({ smtp: undefined })])).toMatchObject({ status: "unknown" });
  });

  it("may lead to a server that is not the sandbox's, which is drawn as well", () => {
    const there = { ...relay, host: "192.0.2.25", ip: "192.0.2.25", port: 587 };
    const drawn = map([outlet({ smtp: there })]);
    expect(drawn.destinations).toMatchObject([
      { kind: "smtp", detail: "127.0.0.9:2525" },
      { kind: "elsewhere", detail: "192.0.2.25:587" },
    ]);
  });
});

describe("a hand-over to another system", () => {
  const handing = (handsTo: string) => outlet({ smtp: undefined, behind: undefined, postsTo: handsTo });
  const inlet = { name: "Uptrends prod", address: "Uptrends%20prod", enabled: true, receivers: ["NOC"] };
  const url = "http://127.0.0.1:2/POSTAlert/s3cret/Uptrends%20prod";

  it("is open to an integration that is there, and shows whom that tells", () => {
    const drawn = map([handing(url)], {}, { inlets: [inlet] });
    expect(drawn.systems[0]!.ways[0]).toMatchObject({ status: "open", to: "inlet:other/Uptrends prod" });
    expect(drawn.destinations.at(-1)).toMatchObject({ kind: "inlet", receivers: ["NOC"] });
  });

  it("is blocked where the integration is switched off or missing", () => {
    expect(wayOf([handing(url)], {}, { inlets: [{ ...inlet, enabled: false }] })).toMatchObject({ status: "blocked" });
    expect(wayOf([handing(url)])).toMatchObject({
      status: "blocked",
      why: expect.stringContaining("no such integration"),
    });
  });

  it("is not known outside of the sandbox, and no more of its URL is shown than the origin", () => {
    const drawn = map([handing("https://hooks.example.com/services/s3cret"), handing("nonsense s3cret")]);
    expect(drawn.systems[0]!.ways.map(({ status }) => status)).toEqual(["unknown", "unknown"]);
    expect(JSON.stringify(map([handing(url), handing("https://hooks.example.com/services/s3cret")]))).not.toContain(
      "s3cret",
    );
    expect(drawn.destinations.at(-2)).toMatchObject({ detail: "https://hooks.example.com" });
  });
});

it("shows every firewall with its flows: those that are used, those that nobody needs, and those to come", () => {
  const idle = { platform: "pcc-198-51-100-7", ip: "203.0.113.9", port: 25 };
  const opening = { service: SERVICE, ip: relay.ip, port: relay.port, description: "alert mail", state: "creating" };
  expect(map([outlet()], { flows: [idle] }, { openings: [opening] }).firewalls).toEqual([
    {
      service: SERVICE,
      flows: [{ ip: "127.0.0.9", port: 2525, open: false, description: "alert mail", state: "creating", used: true }],
    },
    {
      service: "pcc-198-51-100-7",
      flows: [{ ip: "203.0.113.9", port: 25, open: true, description: "", used: false }],
    },
  ]);
});

describe("of a sandbox with every system set up", () => {
  let world: DeployedSandbox;
  beforeAll(async () => (world = await deployedSandbox()), 60_000);
  afterAll(() => world.close());

  const ways = async () => {
    const answer = await fetch(`${world.sandbox.url}/_sandbox/map`);
    const { systems } = (await answer.json()) as ReturnType<typeof networkMap>;
    return systems.flatMap(({ system, ways }) =>
      ways.map(({ name, status, receivers }) => `${system}, ${name}: ${status} (${receivers.join(" ")})`),
    );
  };

  it("says of each plugin and setting what its system says, and follows when it changes", async () => {
    expect(await ways()).toEqual([
      "ksaar, Company relay: open ()",
      "uipath, tenant mail of Production: open (oncall@example.com)",
      "uptrends, Shop is down, level 1: AlertOps - prod: open ()",
      "vrops, Prod SMTP: open (oncall@example.com boss@example.com)",
    ]);
    await world.closeFlow();
    await world.sandbox.intervene("uipath", "edit-tenant-mail", { "Alerts.Email.Enabled": "false" });
    await world.sandbox.intervene("alertops", "edit-integration", { id: 4711, set: { enabled: false } });
    await world.sandbox.intervene("ksaar", "delete-connection", { name: "Company relay" });
    expect(await ways()).toEqual([
      "uipath, tenant mail of Production: off (oncall@example.com)",
      "uptrends, Shop is down, level 1: AlertOps - prod: blocked ()",
      "vrops, Prod SMTP: blocked (oncall@example.com boss@example.com)",
    ]);
    await world.sandbox.intervene("vrops", "disable-plugin");
    expect((await ways()).at(-1)).toContain("Prod SMTP: off");
  });

  it("knows no secret", async () => {
    const text = await (await fetch(`${world.sandbox.url}/_sandbox/map`)).text();
    expect(text).not.toContain(world.sandbox.mail.password);
    expect(text).not.toContain("POSTAlert");
  });
});
