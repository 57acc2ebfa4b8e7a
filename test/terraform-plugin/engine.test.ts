import { ProblemError, type Problem } from "../../lib/core/problem";
import { defineFunction } from "../../lib/terraform-plugin/function";
import { wholeId } from "../../lib/terraform-plugin/import-identity";
import { MemoryLedgers } from "../../lib/terraform-plugin/ownership/ledger";
import type { ConfigureContext } from "../../lib/terraform-plugin/provider";
import { defineSchema, nestedObject, string } from "../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../lib/terraform-plugin/values";
import { only } from "./lab";
import { BROKEN, described, providerLab, wire } from "./provider-lab";

const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab is closed", fix: "Open it." };
const attributes = {
  acme: nestedObject(
    {
      url: string("optional", {
        ...described,
        validators: [
          {
            describes: "https",
            check: (url) => (url.startsWith("https:") ? undefined : { ...problem, summary: "No https" }),
          },
        ],
      }),
      key: string("optional", { ...described, sensitive: true }),
    },
    "optional",
    described,
  ),
};
const config = (acme: ValueObject | null) => wire({ attributes }, { acme });
const KEY = "hunter2-hunter2";

describe("ValidateProviderConfig", () => {
  const { ask, redactor } = providerLab({ attributes });
  const validate = (acme: ValueObject | null) => ask("ValidateProviderConfig", { config: config(acme) });

  it("finds what an attribute refuses, where it stands", async () => {
    const { diagnostics } = await validate({ url: "http://a", key: null });
    expect(diagnostics).toMatchObject([{ severity: "ERROR", attribute: { steps: [{ attribute_name: "acme" }] } }]);
    expect(only(diagnostics)).toMatch(/^No https\nWhere: acme\.url/);
  });

  it("finds nothing in what is right, not known yet, or not there", async () => {
    expect((await validate({ url: "https://a", key: KEY })).diagnostics).toEqual([]);
    expect((await validate({ url: UNKNOWN, key: UNKNOWN })).diagnostics).toEqual([]);
    expect((await ask("ValidateProviderConfig", { config: null })).diagnostics).toEqual([]);
  });

  it("learns its secrets", () => {
    expect(redactor.redact(KEY)).toBe("(redacted)");
  });

  it("rejects what does not decode, which becomes a diagnostic of the call", async () => {
    await expect(ask("ValidateProviderConfig", { config: BROKEN })).rejects.toBeInstanceOf(ProblemError);
  });

  it("calls settings as its readers do", async () => {
    const named = providerLab({ attributes, nameOfSetting: () => "theUrl" });
    const { diagnostics } = await named.ask("ValidateProviderConfig", {
      config: config({ url: "http://a", key: null }),
    });
    expect(diagnostics).toHaveLength(1);
  });
});

describe("ConfigureProvider", () => {
  const schema = defineSchema({
    type: "lab_machine",
    description: "…",
    identity: { attributes: ["id"], twins: false },
    importIdentity: wholeId,
    attributes: { id: string("computed", { ...described, keep: true }) },
  });

  /** What has happened, in its order. */
  const loaded: unknown[] = [];

  function lab(configure: (config: ValueObject, context: ConfigureContext) => unknown) {
    const seen: unknown[] = [];
    const ledgers = new MemoryLedgers();
    const told = ledgers.open("run", "9.9");
    let opened = 0;
    const handler = { schema, read: async () => Promise.reject(new ProblemError(problem)) };
    const client = async (provider: unknown) => void seen.push(provider);
    const made = providerLab(
      { attributes, configure, resources: [{ handler, client }] },
      { openLedger: () => ledgers.open("run", `1.${++opened}`) },
    );
    return {
      ...made,
      seen,
      told: () => told.news().map(({ by, event }) => `${by} ${event}`),
      configure: (acme: ValueObject | null) =>
        made.ask("ConfigureProvider", { config: config(acme), terraform_version: "1.14.2" }),
      read: () =>
        made.ask("ReadResource", { type_name: schema.type, current_state: wire(schema, { id: "7" }), private: null }),
      owned: () =>
        made.ask("UpgradeResourceState", {
          type_name: schema.type,
          version: 0n,
          raw_state: { json: Buffer.from('{"id":"7"}'), flatmap: {} },
        }),
    };
  }

  it("refused says why, with the warnings before it, and no secret", async () => {
    const { configure, read, seen } = lab((_, { report }) => {
      report({ ...problem, severity: "warning", summary: `Weak: ${KEY}` });
      throw new ProblemError(problem);
    });
    const { diagnostics } = await configure({ url: null, key: KEY });
    expect(diagnostics.map(({ severity, summary }) => [severity, summary])).toEqual([
      ["WARNING", "Weak: (redacted)"],
      ["ERROR", "The lab is closed"],
    ]);
    await read();
    expect(seen).toEqual([undefined]);
  });

  it("failing by a mistake of its own says what it was doing", async () => {
    const { configure } = lab(() => {
      throw new TypeError("no");
    });
    expect(only((await configure(null)).diagnostics)).toContain("The provider failed to configure the provider");
  });

  it.each([
    ["nothing to prepare", undefined],
    ["what is prepared", async (made: unknown) => void loaded.push(made)],
    ["what fails, which the call that needs it reports", async () => Promise.reject(new Error("no network"))],
    [
      "what fails at once",
      () => {
        throw new Error("no network");
      },
    ],
  ])("answered first, tells when its provider is prepared: %s", async (what, prepare) => {
    loaded.length = 0;
    const prepared = new Promise<string>((resolve) => {
      const { ask } = providerLab(
        { configure: () => "made", ...(prepare && { prepare }) },
        { onPrepared: () => resolve([...loaded, "prepared"].join()) },
      );
      void ask("ConfigureProvider", { config: null, terraform_version: "1.14.2" }).then(() => loaded.push("answered"));
    });
    expect(await prepared).toMatch(/^answered,(made,)?prepared$/);
    expect(loaded.includes("made")).toBe(what === "what is prepared");
  });

  it("refused prepares nothing", async () => {
    const prepare = jest.fn();
    const onPrepared = jest.fn();
    const configure = () => {
      throw new ProblemError(problem);
    };
    const { ask } = providerLab({ configure, prepare }, { onPrepared });
    await ask("ConfigureProvider", { config: null, terraform_version: "1.14.2" });
    await new Promise((resolve) => setImmediate(resolve));
    expect([prepare, onPrepared].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it("with a configuration that does not decode is refused", async () => {
    const { ask } = lab(() => "made");
    const { diagnostics } = await ask("ConfigureProvider", { config: BROKEN, terraform_version: "1.14.2" });
    expect(diagnostics).toMatchObject([{ severity: "ERROR" }]);
  });

  it("hands over the configuration, the version and the signal, and what comes of it goes to the clients", async () => {
    const contexts: ConfigureContext[] = [];
    const { configure, read, seen, controller } = lab((given, context) => (contexts.push(context), { given }));
    expect((await configure({ url: "https://a", key: null })).diagnostics).toEqual([]);
    expect(contexts[0]).toMatchObject({ terraformVersion: "1.14.2", signal: controller.signal });
    await read();
    expect(seen).toEqual([{ given: { acme: { url: "https://a", key: null } } }]);
  });

  it("once more begins anew: its record of the run, and what it has said", async () => {
    const { configure, owned, read, told, service } = lab(() => "made");
    await configure(null);
    await owned();
    expect(only((await read()).diagnostics)).toContain("What to do: Open it.");
    expect(only((await read()).diagnostics)).toContain("The cause is that of another error of this run");
    expect(told()).toEqual(["1.1 start", "1.1 owned"]);
    await configure(null);
    await owned();
    expect(only((await read()).diagnostics)).toContain("What to do: Open it.");
    expect(told()).toEqual(["1.1 end", "1.2 start", "1.2 owned"]);
    service.close!();
    expect(told()).toEqual(["1.2 end"]);
  });

  it("opens no record of a run in which there is nothing to tell", async () => {
    const { configure, told, service } = lab(() => "made");
    await configure(null);
    service.close!();
    expect(told()).toEqual([]);
  });
});

describe("what Terraform is told of the provider", () => {
  const schema = (type: string) =>
    defineSchema({
      type,
      version: 3,
      description: `A ${type}.`,
      identity: { none: "the lab has no other objects" },
      importIdentity: wholeId,
      attributes: { id: string("computed", { ...described, keep: true }) },
    });
  const bound = (type: string) => [{ handler: { schema: schema(type) }, client: async () => undefined }];
  const greet = defineFunction({
    name: "greet",
    summary: "a greeting",
    description: "Greets.",
    parameters: [{ name: "whom", type: "string", description: "Whom." }],
    returns: "string",
    call: ([whom]) => whom,
  });
  const { ask } = providerLab({
    attributes,
    resources: bound("lab_machine"),
    dataSources: bound("lab_gauge"),
    ephemeralResources: bound("lab_token"),
    actions: bound("lab_knock"),
    listResources: bound("lab_machine"),
    functions: [greet],
  });

  it("names everything there is, and what it may do", async () => {
    const named = (type_name: string) => [{ type_name }];
    expect(await ask("GetMetadata")).toEqual({
      server_capabilities: {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: true,
        generate_resource_config: true,
      },
      diagnostics: [],
      resources: named("lab_machine"),
      data_sources: named("lab_gauge"),
      functions: [{ name: "greet" }],
      ephemeral_resources: named("lab_token"),
      actions: named("lab_knock"),
      list_resources: named("lab_machine"),
    });
  });

  it("describes everything that it names", async () => {
    const [metadata, all] = [await ask("GetMetadata"), await ask("GetProviderSchema")];
    const types = (message: unknown) => Object.keys(message as object);
    expect(types(all["resource_schemas"])).toEqual(["lab_machine"]);
    expect(types(all["data_source_schemas"])).toEqual(["lab_gauge"]);
    expect(types(all["ephemeral_resource_schemas"])).toEqual(["lab_token"]);
    expect(types(all["action_schemas"])).toEqual(["lab_knock"]);
    expect(types(all["list_resource_schemas"])).toEqual(["lab_machine"]);
    expect(all["server_capabilities"]).toEqual(metadata["server_capabilities"]);
    expect(all).toMatchObject({
      provider: { block: { attributes: [{ name: "acme", nested_type: { nesting: "SINGLE" } }] } },
      resource_schemas: { lab_machine: { version: 3, block: { description: "A lab_machine." } } },
    });
  });

  it("describes its functions in the same words wherever they are asked for", async () => {
    const functions = {
      greet: {
        parameters: [
          { name: "whom", type: Buffer.from('"string"'), description: "Whom.", description_kind: "MARKDOWN" },
        ],
        return: { type: Buffer.from('"string"') },
        summary: "a greeting",
        description: "Greets.",
        description_kind: "MARKDOWN",
      },
    };
    expect(await ask("GetFunctions")).toEqual({ functions, diagnostics: [] });
    expect((await ask("GetProviderSchema"))["functions"]).toEqual(functions);
  });

  it("is nothing of what the provider does not have", async () => {
    const none = await providerLab({}).ask("GetProviderSchema");
    expect(none).toMatchObject({
      ephemeral_resource_schemas: {},
      action_schemas: {},
      list_resource_schemas: {},
      functions: {},
    });
  });
});
