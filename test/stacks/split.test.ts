import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, LocalBackend } from "cdktf";
import { Receiver, Secret, SmtpServer } from "../../lib";
import production from "../../stacks/environments/production.example";
import type { AlertPlatform, OutboundEnvironment } from "../../stacks/environment";
import { addStacks } from "../../stacks/split";
import { errorOf, temporaryDirectory } from "../constructs/helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const server = SmtpServer.startTls("smtp.example.com", {
  ip: "203.0.113.25",
  login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
  sender: { address: "alerts@example.com" },
});
const platform = (site: string, more: Partial<AlertPlatform> = {}): AlertPlatform => ({
  service: `pcc-${site}`,
  server,
  plugin: "Alert relay",
  receivers: [Receiver.email("oncall@example.com")],
  vrops: { url: `https://vrops-${site}.example.com` },
  ...more,
});
type Platforms = Readonly<Record<string, Partial<AlertPlatform>>>;
const SITES: Platforms = { paris: {}, lyon: {}, austin: {} };

type Configuration = Readonly<Record<string, unknown>> & {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
};

/** The configuration of each stack, by its name. */
function synthesise(
  split: OutboundEnvironment["split"],
  platforms: Platforms,
  more: Partial<OutboundEnvironment> = {},
  taken: readonly string[] = [],
): Readonly<Record<string, Configuration>> {
  const outdir = temporaryDirectory();
  const app = new App({ outdir });
  const all = Object.fromEntries(Object.entries(platforms).map(([site, one]) => [site, platform(site, one)]));
  addStacks(app, "x", { split, platforms: all, ...more }, taken);
  app.synth();
  return configurations(outdir);
}

function configurations(outdir: string): Readonly<Record<string, Configuration>> {
  const folder = join(outdir, "stacks");
  return Object.fromEntries(
    (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
      return [name, JSON.parse(readFileSync(join(folder, name, "cdk.tf.json"), "utf8")) as Configuration];
    }),
  );
}

/** Every address with the stack that it is in. */
const places = (stacks: Readonly<Record<string, Configuration>>): string[] =>
  Object.entries(stacks)
    .flatMap(([stack, { resource = {} }]) =>
      Object.entries(resource).flatMap(([type, byName]) =>
        Object.keys(byName).map((name) => `${stack} ${type}.${name}`),
      ),
    )
    .sort();

/** Of each platform the stack that it is in. */
const stackOf = (stacks: Readonly<Record<string, Configuration>>): Readonly<Record<string, string>> =>
  Object.fromEntries(places(stacks).map((place) => [/\.(\w+?)_/.exec(place)![1]!, place.split(" ")[0]!]));

describe("what would lose or mix something is refused:", () => {
  const grouped = { ...SITES, austin: { group: "us" } };
  it.each<[string, () => unknown, string]>([
    ["a platform without a group", () => synthesise("group", grouped), "stacks/no-group"],
    ["a group that means nothing", () => synthesise("platform", grouped), "stacks/group-without-split"],
    ["a group in one stack", () => synthesise(undefined, grouped), "stacks/group-without-split"],
    [
      "a move that means nothing",
      () => synthesise(undefined, { a: { movedFrom: "eu" } }),
      "stacks/group-without-split",
    ],
    ["a move to where it is", () => synthesise("group", { a: { group: "eu", movedFrom: "eu" } }), "stacks/same-group"],
    ["a name that is none", () => synthesise("group", { a: { group: "e u/1" } }), "stacks/bad-stack-name"],
    ["no stacks", () => synthesise({ stacks: 0 }, SITES), "stacks/no-such-number"],
    ["half a stack", () => synthesise({ stacks: 2.5 }, SITES), "stacks/no-such-number"],
    ["another environment's stack", () => synthesise("platform", SITES, {}, ["x-lyon"]), "stacks/name-taken"],
  ])("%s", (_, act, code) => expect(errorOf(act)).toContain(code));

  it("one object for two stacks, which the synth refuses within one", () => {
    const flow = { lyon: { group: "a", service: "pcc-1" }, austin: { group: "b", service: "pcc-1" } };
    expect(errorOf(() => synthesise("group", flow))).toContain(
      "the flow of pcc-1 to 203.0.113.25:587, of lyon and austin",
    );
    const vrops = { vrops: { url: "https://vrops.example.com" } };
    const plugin = { lyon: { group: "a", ...vrops }, austin: { group: "b", ...vrops } };
    expect(errorOf(() => synthesise("group", plugin))).toContain('plugin "Alert relay" of https://vrops.example.com');
    const named = { ...plugin, austin: { ...plugin.austin, plugin: "Another" } };
    expect(Object.keys(synthesise("group", named))).toHaveLength(2);
  });

  it("one state for two stacks", () => {
    const backend: OutboundEnvironment["backend"] = (stack) => new LocalBackend(stack, { path: "/state" });
    const message = errorOf(() => synthesise("platform", SITES, { backend }));
    expect(message).toContain("stacks/shared-state");
    expect(message).toContain("x-paris and x-lyon");
    expect(Object.keys(synthesise(undefined, SITES, { backend }))).toEqual(["x"]);
  });
});

it("without a split there is one stack, of the name and with the addresses that it always had", () => {
  expect(new Set(places(synthesise(undefined, SITES)).map((place) => place.split(" ")[0]))).toEqual(new Set(["x"]));
});

it("each platform, group or number has a stack, with a state of its own", () => {
  expect(stackOf(synthesise("platform", SITES))).toEqual({ paris: "x-paris", lyon: "x-lyon", austin: "x-austin" });
  const grouped = { paris: { group: "eu" }, austin: { group: "us" }, lyon: { group: "eu" } };
  const stacks = synthesise("group", grouped);
  expect(stackOf(stacks)).toEqual({ paris: "x-eu", lyon: "x-eu", austin: "x-us" });
  const states = Object.values(stacks).map(({ terraform }) =>
    JSON.stringify((terraform as { backend: object }).backend),
  );
  expect(new Set(states).size).toBe(2);
  // All are there, for the one that has lost its last platform has to delete it.
  expect(Object.keys(synthesise({ stacks: 3 }, { paris: {} })).sort()).toEqual(["x-1-of-3", "x-2-of-3", "x-3-of-3"]);
});

describe.each<[string, OutboundEnvironment["split"], Partial<AlertPlatform>]>([
  ["platform", "platform", {}],
  ["group", "group", { group: "eu" }],
  ["number", { stacks: 3 }, {}],
])("split by %s, a platform keeps its stack and its addresses", (_, split, more) => {
  const named = (...sites: string[]) => Object.fromEntries(sites.map((site) => [site, more]));
  const all = ["paris", "lyon", "austin"];
  const before = places(synthesise(split, named(...all)));

  it("when one is added, wherever in the record", () => {
    const after = places(synthesise(split, named("aachen", "paris", "lille", "lyon", "austin")));
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength((before.length / 3) * 5);
  });

  it("when one is removed, and when the order changes", () => {
    const after = places(synthesise(split, named(...all.slice(1).reverse())));
    expect(before).toEqual(expect.arrayContaining(after));
    expect(after).toHaveLength((before.length / 3) * 2);
  });
});

it("a number leads each name to the same stack for ever: another result would move what users have deployed", () => {
  expect(stackOf(synthesise({ stacks: 7 }, SITES))).toEqual({
    paris: "x-1-of-7",
    lyon: "x-2-of-7",
    austin: "x-4-of-7",
  });
});

it("another number makes other stacks only, so that nothing passes between two that stay", () => {
  const names = [2, 3].map((stacks) => Object.keys(synthesise({ stacks }, SITES)));
  expect(names[0]!.filter((name) => names[1]!.includes(name))).toEqual([]);
});

it("a platform that moves keeps its addresses, and the stack that it leaves lets go of all of them", () => {
  const before = synthesise("group", { paris: { group: "eu" }, lyon: { group: "eu" } });
  const after = synthesise("group", { paris: { group: "eu" }, lyon: { group: "fr", movedFrom: "eu" } });
  const addresses = (stack: string, from: typeof before) =>
    places(from).flatMap((place) => (place.startsWith(`${stack} `) ? [place.slice(stack.length + 1)] : []));
  const lyon = addresses("x-eu", before).filter((address) => address.includes(".lyon_"));
  expect(addresses("x-fr", after)).toEqual(lyon);
  const removed = after["x-eu"]!["removed"] as { from: string; lifecycle: object }[];
  expect(removed.map(({ from }) => from).sort()).toEqual(lyon);
  expect(removed.every(({ lifecycle }) => JSON.stringify(lifecycle) === '{"destroy":false}')).toBe(true);
  // Terraform lets go only of what it has the provider configuration of.
  expect(JSON.stringify(after["x-eu"]!["provider"])).toContain('"alias":"lyon"');
});

it("a platform whose former stack is gone just moves", () => {
  const after = synthesise("group", { lyon: { group: "fr", movedFrom: "eu" } });
  expect(Object.keys(after)).toEqual(["x-fr"]);
});

it("the production example can be split as it is", () => {
  const outdir = temporaryDirectory();
  const app = new App({ outdir });
  addStacks(app, "x", { ...production({}), split: "platform" });
  app.synth();
  expect(Object.keys(configurations(outdir)).sort()).toEqual(["x-lyon", "x-paris"]);
});
