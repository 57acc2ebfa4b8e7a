import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import type { ResourceChange } from "../../lib/plan";
import type { Entry } from "../../lib/reconcile/detection";
import type { OtherStacks } from "../../lib/reconcile/other-stacks";
import { readStackConfig } from "../../lib/reconcile/stack-config";
import { takeStock } from "../../lib/reconcile/take-stock";
import { defineSettings } from "../../lib/systems/kit/settings";
import { realmOfSettings } from "../../lib/systems/kit/settings-resolution";
import type { Runtime, System } from "../../lib/systems/kit/system";
import { string } from "../../lib/terraform-plugin/schema";

const TYPE = "outbound_acme_rule";

/** An imaginary system: what each of its places has, by address, as each of its users may see it. */
function acme(held: Readonly<Record<string, readonly string[]>>): System & { readonly asked: string[] } {
  const asked: string[] = [];
  const settings = defineSettings({
    attributes: {
      url: string("optional", { description: "Where." }),
      user: string("optional", { description: "Who." }),
    },
    environment: { url: "ACME_URL", user: "ACME_USER" },
    required: ["url"],
    realm: { settings: ["url"], place: ({ url }) => (url === null ? undefined : [url]) },
  });
  return {
    asked,
    name: "acme",
    title: "Acme",
    settings,
    connect: async ({ url, user }: { url: string; user: string | null }) => ({ url, user }),
    resources: [{ schema: { type: TYPE }, words: { kind: "rule" } }],
    inventory: {
      list: async ({ url, user }: { url: string; user: string | null }) => {
        asked.push(`${url} ${user}`);
        const title = "rules of Acme";
        if (user === "nobody") return [{ type: TYPE, title, unknown: "403" }];
        const items = (held[url] ?? []).map((id) => {
          return { type: TYPE, importId: id, name: `rule ${id}`, attributes: {}, secrets: [], receivers: [] };
        });
        return [{ type: TYPE, title, items }];
      },
    },
  } as unknown as System & { readonly asked: string[] };
}

interface Block {
  readonly url?: string;
  readonly user?: string;
}

describe("takeStock", () => {
  const directory = mkdtempSync(join(tmpdir(), "outbound-stock-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** @param managed alias and id of what the code has, by name; an alias of null: no longer declared */
  async function stock(
    system: System,
    blocks: Readonly<Record<string, Block>>,
    managed: Readonly<Record<string, readonly [alias: string | null, id: string]>>,
    elsewhere?: OtherStacks,
  ) {
    const declared = Object.entries(managed).filter(([, [alias]]) => alias !== null);
    const file = join(directory, "cdk.tf.json");
    writeFileSync(
      file,
      JSON.stringify({
        provider: {
          outbound: Object.entries(blocks).map(([alias, block]) => ({ acme: block, ...(alias && { alias }) })),
        },
        resource: {
          [TYPE]: Object.fromEntries(
            declared.map(([name, [alias]]) => [name, alias === "" ? {} : { provider: `outbound.${alias}` }]),
          ),
        },
      }),
    );
    const entries = Object.entries(managed).map(([name, [, id]]): Entry => {
      return { bucket: "in-sync", type: TYPE, kind: "rule", address: `${TYPE}.${name}`, id };
    });
    const resources = entries.map(({ address }) => ({ type: TYPE, address, before: {}, after: {} }) as ResourceChange);
    const environment = { ACME_URL: "https://a" };
    const runtime = { environment, redactor: new Redactor(), log: silentLogger } as unknown as Runtime;
    const found = await takeStock(
      { resources },
      entries,
      readStackConfig({ file }, environment),
      { systems: [system], places: {} },
      { runtime, signal: new AbortController().signal, progress: () => undefined },
      elsewhere,
    );
    return {
      unmanaged: found.entries.map(({ id, provider = "", reason = "" }) => [id, provider, reason].join(" ").trim()),
      coverage: found.coverage.map(({ title, managed, total }) => `${title}: ${managed} of ${total}`),
    };
  }

  it("does not take the object of another place for managed because its id is the same", async () => {
    const system = acme({ "https://a": ["1"], "https://b": ["1", "2"] });
    const blocks = { "": {}, b: { url: "https://b" } };
    expect(await stock(system, blocks, { one: ["", "1"], two: ["b", "2"] })).toEqual({
      unmanaged: ["1 outbound.b"],
      coverage: ["rules of Acme (outbound): 1 of 1", "rules of Acme (outbound.b): 1 of 2"],
    });
  });

  it("counts what two configurations of one place see once, and both manage it", async () => {
    const system = acme({ "https://a": ["1", "2", "3"] });
    const blocks = { "": {}, b: { url: "https://a" }, c: { url: "https://a", user: "ada" } };
    expect(await stock(system, blocks, { one: ["", "1"], two: ["b", "2"], three: ["c", "3"] })).toEqual({
      unmanaged: [],
      coverage: ["rules of Acme: 3 of 3"],
    });
  });

  it("asks once for equal settings, and once for each login of a place", async () => {
    const system = acme({ "https://a": [] });
    const blocks = { a: { url: "https://a" }, b: { url: "https://a" }, c: { url: "https://a", user: "ada" } };
    await stock(system, blocks, { one: ["a", "1"], two: ["b", "2"], three: ["c", "3"] });
    expect(system.asked).toEqual(["https://a null", "https://a ada"]);
  });

  it("knows what one login of a place may list, though another may not", async () => {
    const system = acme({ "https://a": ["1", "2"] });
    const blocks = { "": { user: "nobody" }, b: { url: "https://a", user: "ada" } };
    expect(await stock(system, blocks, { one: ["", "1"], two: ["b", "1"] })).toEqual({
      unmanaged: ["2"],
      coverage: ["rules of Acme: 1 of 2"],
    });
  });

  it("cannot tell what is in a place whose settings only Terraform knows; the other is compared all the same", async () => {
    const system = acme({ "https://a": ["1", "2"] });
    const blocks = { "": {}, b: { url: "${data.x.y.url}" } };
    expect(await stock(system, blocks, { one: ["", "1"], two: ["b", "2"] })).toEqual({
      unmanaged: ["2 outbound", "outbound.b the setting acme.url is known to Terraform only"],
      coverage: ["rules of Acme (outbound): 1 of 2"],
    });
  });

  it("does not call unmanaged what another stack has in the same place", async () => {
    const system = acme({ "https://a": ["1", "2"], "https://b": ["2"] });
    const blocks = { "": {}, b: { url: "https://b" } };
    const place = realmOfSettings(system, { url: "https://a" }, { environment: {} } as unknown as Runtime)!;
    const elsewhere = {
      manages: (at: string, key: string) => at === place && key === `${TYPE} 2`,
      withUnread: () => [],
    };
    expect(await stock(system, blocks, { one: ["", "1"], other: ["b", "9"] }, elsewhere)).toEqual({
      unmanaged: ["2 outbound.b"],
      coverage: ["rules of Acme (outbound): 2 of 2", "rules of Acme (outbound.b): 0 of 1"],
    });
  });

  it("may find what the code no longer declares in any place: its alias is gone with it", async () => {
    const system = acme({ "https://a": ["1"], "https://b": ["2", "3"] });
    const blocks = { "": {}, b: { url: "https://b" } };
    const { unmanaged } = await stock(system, blocks, { one: ["", "1"], two: ["b", "2"], gone: [null, "3"] });
    expect(unmanaged).toEqual([]);
  });
});
