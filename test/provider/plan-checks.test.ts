import { silentLogger } from "../../lib/core/log";
import { wholeId } from "../../lib/terraform-plugin/import-identity";
import { systemClock } from "../../lib/core/clock";
import { ProblemError } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { HttpError } from "../../lib/http/error";
import { Connections } from "../../lib/provider/connections";
import { testEmailResource } from "../../lib/mail";
import { testedThrough, throughSystem } from "../../lib/provider/definition";
import { EVERYWHERE } from "../../lib/systems/kit/realm";
import { defineSettings } from "../../lib/systems/kit/settings";
import type { Runtime, System } from "../../lib/systems/kit/system";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import type { Resource } from "../../lib/terraform-plugin/resource";
import { emptyState } from "../../lib/terraform-plugin/settle";
import { defineSchema, nestedObject, string } from "../../lib/terraform-plugin/schema";
import { UNKNOWN, isUnknown, type Value, type ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";

/** What a plan finds out about settings and logins, through the whole engine; the system is imaginary. */

const schema = defineSchema({
  type: "outbound_acme_thing",
  description: "A thing.",
  identity: { none: "nobody else makes things" },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { description: "Its id.", keep: true }),
    name: string("required", { description: "Its name." }),
  },
});

interface Client {
  readonly url: string;
}

interface Acme {
  /** What was asked of Acme, in order. */
  readonly asked: string[];
  checkLogin: () => Promise<void>;
  readonly system: System;
}

function acmeOf(resource: Partial<Resource<typeof schema, Client>> = {}): Acme {
  const asked: string[] = [];
  const acme: Acme = {
    asked,
    checkLogin: async () => undefined,
    system: {
      name: "acme",
      title: "Acme",
      settings: defineSettings({
        attributes: {
          url: string("optional", { description: "Where." }),
          key: string("optional", { description: "The key.", sensitive: true }),
        },
        environment: { url: "ACME_URL", key: "ACME_KEY" },
        required: ["url", "key"],
        realm: EVERYWHERE,
      }),
      connect: async ({ url }: { url: string }) => {
        asked.push(`connect ${url}`);
        return { url };
      },
      checkLogin: async ({ url }: Client) => {
        asked.push(`log in ${url}`);
        return acme.checkLogin();
      },
      resources: [
        {
          schema,
          create: async ({ planned }: { planned: ValueObject }) => ({ ...planned, id: "1" }),
          read: async ({ prior }: { prior: object }, { client }: { client: Client }) => {
            asked.push(`read ${client.url}`);
            return prior;
          },
          delete: async () => undefined,
          ...resource,
        },
      ],
      dataSources: [],
      platformTest: async () => ({ status: "passed", detail: "sent" }),
    } as unknown as System,
  };
  return acme;
}

interface Surroundings {
  readonly environment?: Record<string, string>;
  readonly refreshes?: boolean;
}

async function run(acme: Acme, block: Value, { environment = {}, refreshes = true }: Surroundings = {}) {
  const attributes = { acme: nestedObject(acme.system.settings.attributes, "optional", { description: "Acme." }) };
  const runtime = {
    clock: systemClock,
    environment,
    redactor: new Redactor(),
    log: silentLogger,
  } as unknown as Runtime;
  const mute = { ...acme.system, name: "mute", platformTest: undefined } as unknown as System;
  const definition = {
    name: "outbound",
    version: "1.0.0",
    description: "…",
    attributes,
    configure: (config: object) => new Connections([acme.system], config as ValueObject, runtime),
    resources: [
      ...acme.system.resources.map((handler) => throughSystem(acme.system, handler)),
      {
        handler: testEmailResource,
        client: async () => undefined,
        connectionTo: (name: string) => testedThrough([acme.system, mute], name),
      },
    ],
    dataSources: [],
  };
  const service = createProviderService(definition as never, {
    log: silentLogger,
    redactor: runtime.redactor,
    refreshes: () => refreshes,
  });
  const { signal } = new AbortController();
  const ask = (rpc: string, request: object) =>
    (service as Record<string, (request: object, call: object) => Promise<Record<string, unknown>>>)[rpc]!(
      { type_name: schema.type, ...request },
      { signal },
    );
  const type = objectType(schema.attributes);
  const wire = (value: Value, as = type) => ({ json: new Uint8Array(), ...writeDynamicValue(as, value) });
  const testType = objectType(testEmailResource.schema.attributes);
  const told = (answer: Record<string, unknown>) =>
    (answer["diagnostics"] as { severity: string; summary: string; detail: string }[]).map(
      ({ severity, summary, detail }) => `${severity} ${summary}\n${detail}`,
    );
  const config = { ...writeDynamicValue(objectType(attributes), { acme: block }), json: new Uint8Array() };
  expect(told(await ask("ConfigureProvider", { config, terraform_version: "1.11.4" }))).toEqual([]);
  return {
    async plan(prior: ValueObject | null, planned: ValueObject | null) {
      const answer = await ask("PlanResourceChange", {
        prior_state: wire(prior),
        proposed_new_state: wire(planned),
        config: wire(planned === null ? null : { ...planned, id: null }),
      });
      const state = answer["planned_state"];
      return { told: told(answer), planned: state && (readDynamicValue(type, state as never) as ValueObject | null) };
    },
    /** Plans a test mail. */
    async planTest(prior: ValueObject | null, planned: ValueObject | null) {
      const answer = await ask("PlanResourceChange", {
        type_name: testEmailResource.schema.type,
        prior_state: wire(prior, testType),
        proposed_new_state: wire(planned, testType),
        config: wire(planned, testType),
      });
      return told(answer);
    },
    async read(prior: ValueObject) {
      const answer = await ask("ReadResource", { current_state: wire(prior) });
      return { told: told(answer), state: readDynamicValue(type, answer["new_state"] as never) };
    },
    import: async (id: string) => told(await ask("ImportResourceState", { id })),
  };
}

const NEW = { id: null, name: "a" };
const OLD = { id: "1", name: "a" };
const SAID = { url: "https://acme.example.com", key: "the-key" };
const elsewhere = { ACME_URL: "https://other.example.com", ACME_KEY: "other" };

describe("settings that a change needs", () => {
  it.each([
    ["a creation", null, NEW],
    ["an update", OLD, { ...OLD, name: "b" }],
    ["a destruction", OLD, null],
  ])("are errors of the plan when they are missing: %s", async (_, prior, planned) => {
    const acme = acmeOf();
    const { told } = await (await run(acme, null)).plan(prior, planned);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^ERROR The provider does not know the url and key of Acme/);
    expect(told[0]).toMatch(/acme\.url[^]*ACME_URL[^]*acme\.key[^]*ACME_KEY/);
    expect(acme.asked).toEqual([]);
  });

  it("are not asked for by what stays as it is", async () => {
    expect((await (await run(acmeOf(), null)).plan(OLD, OLD)).told).toEqual([]);
  });
});

describe("the login", () => {
  it("is tried once for all that is created, and not for what changes or goes", async () => {
    const acme = acmeOf();
    const { plan } = await run(acme, SAID);
    await plan(OLD, { ...OLD, name: "b" });
    await plan(OLD, null);
    expect(acme.asked).toEqual(["connect https://acme.example.com"]);
    await Promise.all([plan(null, NEW), plan(null, NEW), plan(null, NEW)]);
    expect(acme.asked).toEqual(["connect https://acme.example.com", "log in https://acme.example.com"]);
  });

  it("is not tried when something was read before", async () => {
    const acme = acmeOf();
    const { plan, read } = await run(acme, SAID);
    await read(OLD);
    expect((await plan(null, NEW)).told).toEqual([]);
    expect(acme.asked).toEqual(["connect https://acme.example.com", "read https://acme.example.com"]);
  });

  it("that is refused is an error of every creation's plan, asked once", async () => {
    const acme = acmeOf();
    acme.checkLogin = async () => {
      throw new ProblemError({
        code: "acme/login-refused",
        severity: "error",
        summary: "No entry",
        fix: "Correct it.",
      });
    };
    const { plan } = await run(acme, SAID);
    for (const _ of [1, 2]) expect((await plan(null, NEW)).told).toEqual([expect.stringMatching(/^ERROR No entry/)]);
    expect(acme.asked.filter((what) => what.startsWith("log in"))).toHaveLength(1);
  });

  const response = (status: number) => ({ status, headers: {}, data: undefined }) as never;

  it.each([
    [
      "no such name",
      new HttpError("dns", "GET", "https://acme", "getaddrinfo ENOTFOUND"),
      "WARNING Acme could not be asked",
    ],
    [
      "nobody listens",
      new HttpError("refused", "GET", "https://acme", "ECONNREFUSED"),
      "WARNING Acme could not be asked",
    ],
    [
      "maintenance",
      new HttpError("status", "GET", "https://acme", "503", response(503)),
      "WARNING Acme could not be asked",
    ],
    [
      "an untrusted certificate",
      new HttpError("tls", "GET", "https://acme", "SELF_SIGNED"),
      "ERROR Acme could not be reached",
    ],
    ["not found", new HttpError("status", "GET", "https://acme", "404", response(404)), "ERROR Acme answered 404"],
  ])("that could not be tried: %s", async (_, failed, words) => {
    const acme = acmeOf();
    acme.checkLogin = async () => {
      throw failed;
    };
    const { told, planned } = await (await run(acme, SAID)).plan(null, NEW);
    expect(told).toEqual([expect.stringContaining(words)]);
    expect(planned === undefined).toBe(words.startsWith("ERROR"));
  });

  it("that may not do what it was tried with is a login", async () => {
    const acme = acmeOf();
    acme.checkLogin = async () => {
      throw new HttpError("status", "GET", "https://acme", "403", response(403));
    };
    expect((await (await run(acme, SAID)).plan(null, NEW)).told).toEqual([]);
  });
});

it("no login is tried when nothing is to be asked (-refresh=false); settings are needed all the same", async () => {
  const acme = acmeOf();
  expect((await (await run(acme, SAID, { refreshes: false })).plan(null, NEW)).told).toEqual([]);
  expect(acme.asked).toEqual(["connect https://acme.example.com"]);
  expect((await (await run(acme, null, { refreshes: false })).plan(null, NEW)).told).toEqual([
    expect.stringMatching(/^ERROR The provider does not know the url and key of Acme/),
  ]);
});

describe("a system that only a test mail goes through", () => {
  const mail = (via: Value): ValueObject => ({
    ...emptyState(testEmailResource.schema.attributes),
    smtp_host: "smtp.example.com",
    smtp_port: 25,
    from_address: "alerts@example.com",
    to: ["a@example.com"],
    via,
  });
  const through = (system: Value) => mail([{ system, id: "1" }]);
  const SENT = { ...through("acme"), id: "t", ok: true, verdict: "…", tested_at: "now" };

  it("is logged in to once, together with what else is created there", async () => {
    const acme = acmeOf();
    const { plan, planTest } = await run(acme, SAID);
    await Promise.all([
      planTest(
        null,
        mail([
          { system: "acme", id: "1" },
          { system: "acme", id: "2" },
        ]),
      ),
      plan(null, NEW),
    ]);
    expect(await planTest(null, through("acme"))).toEqual([]);
    expect(acme.asked).toEqual(["connect https://acme.example.com", "log in https://acme.example.com"]);
  });

  it("is not logged in to when something was read there, with -refresh=false, or when no test will be sent", async () => {
    const read = acmeOf();
    const first = await run(read, SAID);
    await first.read(OLD);
    expect(await first.planTest(null, through("acme"))).toEqual([]);
    const second = await run(read, SAID, { refreshes: false });
    expect(await second.planTest(null, through("acme"))).toEqual([]);
    const third = await run(read, SAID);
    for (const planned of [{ ...SENT, timeout_seconds: 60 }, SENT, null])
      expect(await third.planTest(SENT, planned)).toEqual([]);
    expect(read.asked).not.toContainEqual(expect.stringMatching(/^log in/));
  });

  it("needs its settings, and a login that is not refused", async () => {
    const acme = acmeOf();
    expect(await (await run(acme, null)).planTest(null, through("acme"))).toEqual([
      expect.stringMatching(/^ERROR The provider does not know the url and key of Acme/),
    ]);
    acme.checkLogin = async () => {
      throw new ProblemError({
        code: "acme/login-refused",
        severity: "error",
        summary: "No entry",
        fix: "Correct it.",
      });
    };
    expect(await (await run(acme, SAID)).planTest(null, through("acme"))).toEqual([
      expect.stringMatching(/^ERROR No entry/),
    ]);
  });

  it.each<[string, Value, Value]>([
    ["the list", SAID, mail(UNKNOWN)],
    ["an element", SAID, mail([UNKNOWN])],
    ["the name", SAID, through(UNKNOWN)],
    ["a setting", { url: UNKNOWN, key: "the-key" }, through("acme")],
  ])("waits while %s is known only after apply", async (_, block, planned) => {
    const acme = acmeOf();
    expect(await (await run(acme, block)).planTest(null, planned as ValueObject)).toEqual([]);
    expect(acme.asked).toEqual([]);
  });

  it("is not asked when it has no test call", async () => {
    expect(await (await run(acmeOf(), null)).planTest(null, through("mute"))).toEqual([]);
  });

  it("that does not exist is an error", async () => {
    const told = await (await run(acmeOf(), SAID)).planTest(null, through("acmee"));
    expect(told).toEqual([expect.stringMatching(/^ERROR There is no such system[^]*"acmee"[^]*acme/)]);
  });
});

describe.each<[string, Value]>([
  ["the whole block", UNKNOWN],
  ["one setting", { url: UNKNOWN, key: "the-key" }],
  ["a setting that a variable could stand in for", { url: UNKNOWN, key: null }],
])("while %s is known only after apply, whatever the environment says", (_, block) => {
  it("a creation is planned without asking anybody", async () => {
    const acme = acmeOf();
    const { told, planned } = await (await run(acme, block, { environment: elsewhere })).plan(null, NEW);
    expect(told).toEqual([]);
    expect(isUnknown((planned as ValueObject)["id"])).toBe(true);
    expect(acme.asked).toEqual([]);
  });

  it("what exists stays as the state has it, with a warning; changes and destructions are planned", async () => {
    const acme = acmeOf();
    const { read, plan } = await run(acme, block, { environment: elsewhere });
    const { told, state } = await read(OLD);
    expect(state).toEqual(OLD);
    expect(told).toEqual([expect.stringMatching(/^WARNING Acme was not looked at: acme/)]);
    expect(await plan(OLD, { ...OLD, name: "b" })).toEqual({ told: [], planned: { id: "1", name: "b" } });
    expect(await plan(OLD, null)).toEqual({ told: [], planned: null });
    expect(acme.asked).toEqual([]);
  });

  it("an import cannot be", async () => {
    const acme = acmeOf();
    expect(await (await run(acme, block, { environment: elsewhere })).import("1")).toEqual([
      expect.stringMatching(/^ERROR The provider's acme[^]*known only after apply/),
    ]);
    expect(acme.asked).toEqual([]);
  });

  it("a plan hook gets no client", async () => {
    const clients: unknown[] = [];
    const acme = acmeOf({ plan: async (__, { connect }) => void clients.push(await connect()) });
    await (await run(acme, block, { environment: elsewhere })).plan(null, NEW);
    await (await run(acme, SAID)).plan(null, NEW);
    expect(clients).toEqual([undefined, { url: "https://acme.example.com" }]);
  });
});
