import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeRound } from "../../lib/reconcile/history/lines";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { jsonDocuments, schemaPath } from "../../scripts/docs/json-documents";
import { Place } from "../cli/mail/run-outbound";
import { brokenAt, chain, roundAt } from "../reconcile/history/support/rounds";
import { webhook } from "../../lib/notify/webhook";
import { announcement, finding } from "../notify/support/telling";
import { FLOW, flow, kept, planJson, plugin, PLUGIN, rule, RULE } from "../review/support/plan-json";
import { fleetToJson } from "../../lib/review";
import { fleetOf, notPlanned } from "../review/support/fleet";
import { reviewed } from "../review/support/reviewed";
import { asPublished, published, violations } from "./support/document";

// What the commands really print is held against what the package publishes about it.

const root = join(__dirname, "../..");
let sandbox: Sandbox;
let place: Place;
const samples = new Map<string, Readonly<Record<string, unknown>>>();

const keep = (name: string, text: string) => samples.set(name, asPublished(name, text));

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 });
  place = new Place();
  place.environment = {
    ...sandbox.environment(),
    PATH: process.env["PATH"] ?? "",
    SMTP_PASSWORD: sandbox.mail.password,
  };
  place.write("ca.pem", sandbox.mail.ca);
});
afterAll(() => sandbox.close());

const server = () => {
  const { host, port } = sandbox.mail.startTls;
  const login = ["--username", sandbox.mail.user, "--password-environment", "SMTP_PASSWORD", "--ca", "ca.pem"];
  return [host, "--port", String(port), "--from", "alerts@example.com", "--to", "oncall@example.com", ...login];
};

const stack = () => ({
  data: {
    outbound_smtp_probe: {
      relay: {
        smtp_host: sandbox.mail.startTls.host,
        smtp_port: sandbox.mail.startTls.port,
        from_address: "alerts@example.com",
      },
    },
  },
});

describe("what is printed is as published:", () => {
  it.each([
    ["closes a flow", [{ type: FLOW, before: flow() }, kept(PLUGIN, plugin()), kept(RULE, rule())]],
    ["opens and tells", [{ type: FLOW, after: flow() }, { type: PLUGIN, after: plugin() }, { type: RULE, after: rule() }]],
    ["renames", [{ type: FLOW, name: "old", before: flow() }, { type: FLOW, name: "new", after: flow() }]],
    ["does nothing", [kept(FLOW, flow())]],
  ])("a review that %s, and its findings", async (_, resources) => {
    place.write("plan.json", planJson(resources));
    const argv = ["review", "--plan", "plan.json", "--output", "none", "--json", "r.json", "--findings", "f.json"];
    expect((await place.run(argv)).code).toBe(0);
    keep("review", readFileSync(join(place.directory, "r.json"), "utf8"));
    keep("findings", readFileSync(join(place.directory, "f.json"), "utf8"));
  });

  it("a review of several stacks", () => {
    const one = reviewed(planJson([{ type: FLOW, after: flow() }]));
    keep("fleet-review", fleetToJson(fleetOf([one, notPlanned("staging")])));
    expect(samples.get("fleet-review")).toMatchObject({ stacks: [{ stack: "production" }, { stack: "staging" }] });
  });

  it("what stands in place of a review when nothing could be planned", async () => {
    expect((await place.run(["review", "alerting", "--output", "none", "--json", "n.json"])).code).toBe(1);
    keep("not-planned", readFileSync(join(place.directory, "n.json"), "utf8"));
    expect(samples.get("not-planned")).toMatchObject({ problems: [{ code: "plan/not-synthesised" }] });
  });

  it("routes, those that are closed too", async () => {
    place.write("plan.json", planJson([kept(FLOW, flow({ port: 25 })), kept(PLUGIN, plugin()), kept(RULE, rule())]));
    keep("routes", (await place.run(["routes", "--plan", "plan.json", "--json"])).out);
    expect(samples.get("routes")).toMatchObject({ routes: [{ reach: "closed" }, { reach: "closed" }] });
  });

  it("the inventory, with what nobody could look at", async () => {
    keep("inventory", (await place.run(["import", "--list", "--json", "--ovh-service", "pcc-192-0-2-10"])).out);
    const { systems } = samples.get("inventory") as { systems: { collections: { unknown: string | null }[] }[] };
    expect(systems.length).toBeGreaterThan(3);
  });

  it("the test of one server, passed and failed, with its conversation", async () => {
    keep("mail-test", (await place.run(["probe", "127.0.0.1", "--port", "1", "--from", "a@example.com", "--json"])).out);
    keep("mail-test", (await place.run(["send", ...server(), "--json", "--transcript"])).out);
    expect(samples.get("mail-test")).toMatchObject({ ok: true, kind: "send" });
  });

  it("the tests of a stack", async () => {
    place.synthesise(stack());
    keep("mail-tests", (await place.run(["probe", "--from-stack", "--json"])).out);
    expect(samples.get("mail-tests")).toMatchObject({ targets: [{ kind: "probe" }] });
  });

  it("the settings of a test, of one server or of a stack", async () => {
    place.synthesise(stack());
    keep("mail-settings", (await place.run(["probe", "--from-stack", "--json", "--dry-run"])).out);
    keep("mail-settings", (await place.run(["send", ...server(), "--json", "--dry-run"])).out);
    expect(samples.get("mail-settings")).toMatchObject({ targets: [{ kind: "send" }] });
  });

  it("a history, and each of its lines", async () => {
    const round = encodeRound(brokenAt(1)).toString();
    const arrived = encodeRound(roundAt(2, { chains: [chain({ how: "send", arrivedAfterMs: 17 })] })).toString();
    place.write("h.jsonl", `${round}${arrived}half a li`);
    keep("round", round);
    keep("round", arrived);
    keep("history", (await place.run(["history", "--history", "h.jsonl", "--format", "json"])).out);
    expect(samples.get("history")).toMatchObject({ rounds: [{ verdict: "broken" }, {}], unreadable: 1 });
  });

  it("explanations of what is known and of what is not", async () => {
    keep("explanation", (await place.run(["explain", "--json", "550 5.9.1 Blue moon in the third house"])).out);
    keep("explanation", (await place.run(["explain", "--json", "550 5.7.1 Unable to relay", "--stage", "RCPT"])).out);
    expect(samples.get("explanation")).toMatchObject({ replies: [{ known: true }] });
  });

  it("what the doctor has found, wrong things too", async () => {
    const elsewhere = new Place();
    elsewhere.environment = { PATH: elsewhere.directory };
    keep("doctor", (await elsewhere.run(["doctor", "--json"])).out);
    expect(samples.get("doctor")).toMatchObject({ ok: false });
  });

  it("what the systems are, those that nobody can ask and those that do not answer too", async () => {
    keep("systems", (await place.run(["doctor", "--systems", "--json"])).out);
    const { VROPS_URL, ...others } = place.environment;
    const elsewhere = new Place();
    elsewhere.environment = { ...others, VROPS_URL: "http://127.0.0.1:1" };
    const { out } = await elsewhere.run(["doctor", "--systems", "--system", "vrops", "--json"]);
    expect(asPublished("systems", out)).toMatchObject({ ok: false, systems: [{ state: "wrong", answeredInMs: null }] });
    expect(VROPS_URL).toBeDefined();
    expect(samples.get("systems")).toMatchObject({ ok: true });
  });

  it("an announcement, as a webhook is sent it", () => {
    const findings = [finding({ docs: "docs/reference/rules/tls-required.md", acknowledged: { reason: "until May" } })];
    keep("announcement", JSON.stringify(webhook(announcement({ findings })).body));
    expect(samples.get("announcement")).toMatchObject({ state: "failed" });
  });

  it("the provider, installed or named", async () => {
    keep("provider", (await place.run(["provider", "version", "--json"])).out);
    keep("provider", (await place.run(["provider", "install", "--json"])).out);
    expect(samples.get("provider")).toMatchObject({ path: expect.any(String) });
  });

  it("the sandbox", async () => {
    const stop = new AbortController();
    const { out } = await place.run(["sandbox", "--json"], stop.signal, (line) => {
      if (line.includes("The sandbox is up.")) stop.abort();
    });
    keep("sandbox", out);
    expect(samples.get("sandbox")).toMatchObject({ url: expect.any(String) });
  });
});

describe("a program that reads them learns of a change:", () => {
  /** Documents whose real output is held against the schema where the real terraform makes it. */
  const ELSEWHERE = {
    detection: "test/acceptance/reconcile.test.ts",
    "fleet-detection": "test/cli/reconcile-fleet.test.ts",
    demo: "scripts/matrix.mjs",
  };

  it("every document has an example here, or is held against its schema in another suite", () => {
    const known = [...samples.keys(), ...Object.keys(ELSEWHERE)].sort();
    expect(known).toEqual(jsonDocuments.map(({ name }) => name).sort());
    for (const [name, file] of Object.entries(ELSEWHERE)) {
      const text = readFileSync(join(root, file), "utf8");
      expect(text).toMatch(new RegExp(`asPublished\\("${name}"|"${name}\\.schema\\.json"`));
    }
  });

  /** Their keys are names of settings, systems and variables, which no schema lists. */
  const MAPS = new Set(["target", "urls", "environment", "counts"]);

  it("a field that is renamed, whichever it is, is noticed", () => {
    for (const [name, sample] of samples) {
      expect({ name, unnoticed: renamings(sample).filter(({ value }) => violations(name, value).length === 0) }).toEqual({
        name,
        unnoticed: [],
      });
    }
  });

  it("a field that is removed is noticed, but for those that may be absent", () => {
    for (const [name, sample] of samples) {
      const schema = published(name);
      const required = schema.required ?? [];
      expect(required).toContain("format");
      for (const field of required) {
        const { [field]: _, ...rest } = sample;
        expect({ name, field, noticed: violations(name, rest).length > 0 }).toEqual({ name, field, noticed: true });
      }
    }
  });

  it("another version is noticed, also by who reads with the schema as it is published", () => {
    for (const [name, sample] of samples) {
      expect(violations(name, { ...sample, format: `outbound-${name}/2` })).not.toEqual([]);
      expect(published(name).properties?.["format"]?.const).toBe(`outbound-${name}/1`);
    }
  });

  /** The value with one key renamed, for each key in it. */
  function renamings(value: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
    if (Array.isArray(value)) {
      return value.flatMap((one, index) =>
        renamings(one, [...path, String(index)]).map((renamed) => ({
          ...renamed,
          value: value.map((other: unknown, place) => (place === index ? renamed.value : other)),
        })),
      );
    }
    if (typeof value !== "object" || value === null || MAPS.has(path.at(-1) ?? "")) return [];
    const entries = Object.entries(value);
    return entries.flatMap(([key, one], index) => [
      { path: [...path, key], value: Object.fromEntries(entries.with(index, [`${key}_renamed`, one])) },
      ...renamings(one, [...path, key]).map((renamed) => ({
        ...renamed,
        value: Object.fromEntries(entries.with(index, [key, renamed.value])),
      })),
    ]);
  }
});

it("every command that speaks JSON has a document here, and every schema a document", async () => {
  const { out } = await place.run(["completion", "fish"]);
  const spoken = out
    .split("\n")
    .filter((line) => line.includes(" -l json "))
    .map((line) => [...line.matchAll(/__fish_seen_subcommand_from ([\w-]+)/g)].map(([, word]) => word).join(" "));
  const documented = new Set(jsonDocuments.map(({ from }) => from.split(" ").slice(1)).map(([a, b]) => `${a} ${b}`));
  expect(spoken.length).toBeGreaterThan(8);
  for (const command of spoken) {
    const known = [...documented].some((one) => one.startsWith(`${command} `) || one.startsWith(command.split(" ")[0]!));
    expect({ command, known }).toEqual({ command, known: true });
  }
  const files = readdirSync(join(root, "schemas")).map((name) => `schemas/${name}`);
  expect(files.sort()).toEqual(jsonDocuments.map(schemaPath).sort());
  for (const document of jsonDocuments) expect(existsSync(join(root, schemaPath(document)))).toBe(true);
});
