import { outboundProvider } from "../../lib/provider/definition";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import { madeBy, ONE_OF_EACH } from "../support/one-of-each";
import { WiredProvider, type Kept, type WiredResource } from "../support/wired-provider";

const FLOW = "outbound_ovh_vrops_flow";
const WEBHOOK = "outbound_uipath_webhook";
const SERVICE = { service_name: "pcc-192-0-2-10" };

const schemas = outboundProvider.resources.map(({ handler }) => handler.schema);
const schemaOf = (type: string) => schemas.find((one) => one.type === type)!;

let sandbox: Sandbox;
let provider: WiredProvider;

const made = new Map<string, { readonly kept: Kept }>();

beforeAll(async () => {
  sandbox = await startSandbox();
  provider = await WiredProvider.start(sandbox);
  const world = madeBy(
    () => provider,
    () => sandbox,
    made,
  );
  for (const { type, config } of ONE_OF_EACH.filter((row) => LISTED.includes(row.type))) {
    made.set(type, { kept: await of(type).applied(null, await config(world)) });
  }
  await of(WEBHOOK).applied(null, { name: "A second", url: "https://hooks.example.com/alerts" });
});
afterAll(async () => {
  await provider?.stop();
  await sandbox?.close();
});

const of = (type: string): WiredResource => provider.resource(schemaOf(type));
const place = (type: string): ValueObject => (type === FLOW ? SERVICE : {});
const LISTED = outboundProvider.listResources!.map(({ handler }) => handler.schema.type);

it("there is a list of every type but those that nobody can read", async () => {
  const answer = await provider.succeed("GetProviderSchema", {});
  expect(Object.keys(answer["list_resource_schemas"] as object).sort()).toEqual([...LISTED].sort());
  const { list_resources: metadata } = await provider.succeed("GetMetadata", {});
  expect((metadata as { type_name: string }[]).map(({ type_name }) => type_name).sort()).toEqual([...LISTED].sort());
  expect(schemas.map(({ type }) => type).filter((type) => !LISTED.includes(type))).toEqual([
    "outbound_ksaar_smtp_connection",
    "outbound_test_email",
  ]);
});

describe("a list that is refused", () => {
  it("is an error with the system's own words, never an empty list", async () => {
    const closed = await startSandbox({ record: false });
    const asking = await WiredProvider.start(closed);
    await closed.close();
    try {
      await expect(asking.resource(schemaOf(WEBHOOK)).list({})).rejects.toThrow(/UiPath[^]*What to do/);
    } finally {
      await asking.stop();
    }
  });

  it("is one for a place that the system does not know", async () => {
    await expect(of(FLOW).list({ service_name: "pcc-9-9-9-9" })).rejects.toThrow(/pcc-9-9-9-9/);
  });

  it("is one for a type that has no list", async () => {
    const [event] = await provider.client.streamed("ListResource", { type_name: "outbound_test_email" });
    expect(JSON.stringify(event)).toContain("terraform/unknown-type");
  });
});

it("a place that cannot be one is refused before anything is listed", async () => {
  const validate = (config: object) => provider.client.call("ValidateListResourceConfig", { type_name: FLOW, config });
  const bad = { json: Buffer.from('{"service_name":"not a service"}') };
  expect((await validate(bad)).diagnostics).toEqual([expect.objectContaining({ severity: "ERROR" })]);
  const good = { json: Buffer.from('{"service_name":"pcc-192-0-2-10"}') };
  expect((await validate(good)).diagnostics).toEqual([]);
});

it("asks only for what is listed", async () => {
  await provider.nextWalk();
  const before = sandbox.requests.list().length;
  await of(WEBHOOK).list({});
  const asked = sandbox.requests.list().slice(before);
  expect(asked.map(({ path }) => path).filter((path) => /Settings|Setting/.test(path))).toEqual([]);
  expect(asked.map(({ path }) => path).join()).toContain("Webhooks");
});

it("obeys the limit", async () => {
  const names = async (limit: number) => (await of(WEBHOOK).list({}, { limit })).map(({ name }) => name);
  expect(await names(1)).toEqual(["Hook"]);
  expect(await names(2)).toEqual(["Hook", "A second"]);
  // Nobody has set one.
  expect(await names(0)).toEqual(["Hook", "A second"]);
});

it("leaves the object out unless it is asked for", async () => {
  expect((await of(FLOW).list(SERVICE)).map(({ state }) => state)).toEqual([null]);
  expect((await of(FLOW).list(SERVICE, { objects: true })).map(({ state }) => state!["port"])).toEqual([587]);
});

describe.each(LISTED.map((type) => [type] as const))("the list of %s", (type) => {
  it("has identities that import what it lists, and objects that are what an import reads", async () => {
    const found = await of(type).list(place(type), { objects: true });
    expect(found.map(({ identity }) => identity)).toContainEqual(made.get(type)!.kept.identity);
    for (const { identity, state, name } of found) {
      expect(name).not.toBe("");
      const imported = await of(type).import({ identity });
      expect(imported.identity).toEqual(identity);
      expect(imported.state).toEqual(state);
    }
  });

  it("generates configurations that are valid, and after which nothing is left to change", async () => {
    for (const { identity } of await of(type).list(place(type))) {
      const imported = await of(type).import({ identity });
      const config = (await of(type).generatedConfig(imported.state))!;
      const problems = await of(type).validate(config);
      expect(problems.filter(({ severity }) => severity === "ERROR")).toEqual([]);
      const planned = await of(type).plan(imported, config);
      expect(planned.state).toEqual(imported.state);
      const { attributes } = schemaOf(type);
      for (const [name, { presence, writeOnly, default: usual }] of Object.entries(attributes)) {
        if (presence === "computed" || writeOnly === true) expect([name, config[name]]).toEqual([name, null]);
        if (usual !== undefined) expect([name, config[name]]).not.toEqual([name, usual]);
      }
    }
  });
});

it("a configuration of nothing that was read is nothing", async () => {
  expect(await of(FLOW).generatedConfig(null)).toBeNull();
});
