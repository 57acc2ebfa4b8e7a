import { Redactor } from "../../lib/core/redaction";
import { commandRuntime } from "../../lib/inventory/runtime";
import { isConfigured, namedPlaces, takeInventory } from "../../lib/inventory/take";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import type { System } from "../../lib/systems/kit/system";

const SERVICE = "pcc-192-0-2-10";
const system = (name: string): System => systems.find((one) => one.name === name)!;
const { signal } = new AbortController();

describe("takeInventory", () => {
  let sandbox: Sandbox;
  const take = (name: string, places: readonly string[] = [], environment = sandbox.environment()) =>
    takeInventory(
      system(name),
      { places },
      commandRuntime({ environment, homeDirectory: "/nonexistent", workingDirectory: "/nonexistent" }, new Redactor()),
      signal,
    );
  const kinds = async (...args: Parameters<typeof take>) =>
    (await take(...args)).map((one) => [one.type, "unknown" in one ? "unknown" : one.items.length]);

  beforeAll(async () => {
    sandbox = await startSandbox({ options: { uipath: { scopes: "OR.Settings OR.Users.Read PM.Setting" } } });
  });
  afterAll(() => sandbox.close());
  afterEach(() => void sandbox.faults.clear());

  it("knows nothing of a system without an API", async () =>
    expect(await take("ksaar")).toEqual([expect.objectContaining({ unknown: "Ksaar has no API that tells" })]));

  it("asks where to look, instead of finding nothing", async () =>
    expect(await take("ovh")).toEqual([
      expect.objectContaining({ unknown: expect.stringContaining(`--ovh-service ${SERVICE}`) as string }),
    ]));

  it("lists an empty collection as empty", async () =>
    expect(await kinds("ovh", [SERVICE])).toEqual([["outbound_ovh_vrops_flow", 0]]));

  it("lists flows by service, each with what has to be declared", async () => {
    await sandbox.intervene("ovh", "add-flow", {
      service: SERVICE,
      ip: "203.0.113.25",
      port: 587,
      description: "relay",
    });
    const [flows] = await take("ovh", [SERVICE]);
    expect(flows).toMatchObject({
      items: [
        {
          name: "relay",
          attributes: { service_name: SERVICE, ip: "203.0.113.25", port: 587, description: "relay" },
          secrets: [],
        },
      ],
    });
    await sandbox.intervene("ovh", "close-flow", { service: SERVICE, ip: "203.0.113.25", port: 587 });
  });

  it("calls a service that is refused unknown, and the others listed", async () =>
    expect(await kinds("ovh", ["pcc-203-0-113-1", SERVICE])).toEqual([
      ["outbound_ovh_vrops_flow", "unknown"],
      ["outbound_ovh_vrops_flow", 0],
    ]));

  it.each([403, 500])(
    "calls everything unknown that is answered %i",
    async (status) => {
      sandbox.faults.add({
        system: "vrops",
        path: "/**/alertplugins",
        times: "always",
        effect: { kind: "status", status },
      });
      expect(await kinds("vrops")).toEqual([
        ["outbound_vrops_email_plugin", "unknown"],
        ["outbound_vrops_plugin", "unknown"],
        // Which of them mail is told by their plugins only.
        ["outbound_vrops_notification_rule", "unknown"],
      ]);
    },
    60_000,
  );

  it("calls a system unknown to which the login fails", async () =>
    expect(await kinds("vrops", [], { ...sandbox.environment(), VROPS_PASSWORD: "wrong" })).toEqual([
      ["outbound_vrops_email_plugin", "unknown"],
      ["outbound_vrops_plugin", "unknown"],
      ["outbound_vrops_notification_rule", "unknown"],
    ]));

  it("does not expect of a login what it was never meant to see", async () => {
    const inventory = await take("uipath");
    expect(inventory.filter((one) => "unknown" in one)).toEqual([
      expect.objectContaining({ title: "mail settings of the host", outOfReach: true }),
      expect.objectContaining({ title: "webhooks of the tenant", outOfReach: true }),
    ]);
  });

  it("covers every type that can be imported", async () => {
    for (const { name, resources, inventory } of systems) {
      if (inventory === undefined) continue;
      const listed = new Set((await take(name, [SERVICE])).map(({ type }) => type));
      expect([...listed].sort()).toEqual(resources.map(({ schema }) => schema.type).sort());
    }
  });
});

describe("isConfigured", () => {
  const runtime = (environment: Record<string, string>) =>
    commandRuntime({ environment, homeDirectory: "/nonexistent", workingDirectory: "/nonexistent" }, new Redactor());

  it.each([
    ["ovh", {}, false],
    ["vrops", {}, false],
    ["vrops", { VROPS_URL: "https://vrops.example.com" }, true],
    ["vrops", { VROPS_URL: "" }, false],
    ["ksaar", {}, false],
  ])("%s with %j: %s", async (name, environment, expected) =>
    expect(await isConfigured(system(name), runtime(environment as Record<string, string>))).toBe(expected),
  );
});

describe("namedPlaces", () => {
  it("takes the option before the variable, each place once", () =>
    expect(namedPlaces(system("ovh"), { "ovh-service": ["a", "a", "b"] }, { OUTBOUND_OVH_SERVICES: "c" })).toEqual([
      "a",
      "b",
    ]));
  it("takes a list from the variable", () =>
    expect(namedPlaces(system("ovh"), {}, { OUTBOUND_OVH_SERVICES: " a, b,," })).toEqual(["a", "b"]));
  it("knows none where a system needs none", () => expect(namedPlaces(system("vrops"), {}, {})).toEqual([]));
});
