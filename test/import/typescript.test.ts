import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { constructClasses } from "../../lib/import/classes";
import { importDocument } from "../../lib/import/document";
import { writeHcl } from "../../lib/import/hcl";
import { quoted, writeTypeScript } from "../../lib/import/typescript";
import type { InventoryItem } from "../../lib/systems/kit/inventory";
import { systems } from "../../lib/systems";
import { vrops } from "../../lib/systems/vrops";
import { Decimal } from "../../lib/terraform-plugin/values";

const schemas = vrops.resources.map(({ schema }) => schema);

/** Everything long enough to be broken, and a little more. */
const rule = (name: string, more: InventoryItem["attributes"] = {}): InventoryItem => ({
  type: "outbound_vrops_notification_rule",
  importId: `r-${name.slice(0, 20)}`,
  name,
  attributes: { name, plugin_id: "p-1", receivers: ["a@example.com"], ...more },
  secrets: [],
  receivers: [],
});
const plugin = (name: string, description: string): InventoryItem => ({
  type: "outbound_vrops_plugin",
  importId: "p-1",
  name,
  attributes: {
    plugin_type_id: "SlackPlugin",
    name,
    description,
    config_values: { short: "a", "with-hyphen": "b", long: "x".repeat(110), snake_case: "it's" },
  },
  secrets: [
    { attribute: "sensitive_config_values_wo", key: "apiToken", purpose: "a token ".repeat(20).trim() },
    { attribute: "sensitive_config_values_wo", key: "other-key", purpose: "b" },
  ],
  receivers: [],
});

describe("quoted", () => {
  it.each([
    ["plain", '"plain"'],
    ['say "hi"', `'say "hi"'`],
    [`it's "both"`, `'it\\'s "both"'`],
    [`it's`, `"it's"`],
    ["back\\slash\n", '"back\\\\slash\\n"'],
  ])("writes %j as Prettier would", (text, expected) => expect(quoted(text)).toBe(expected));
});

describe("constructClasses", () => {
  it("knows the construct of everything that can be listed", async () => {
    const classes = await constructClasses("cdktf");
    for (const { resources, inventory } of systems) {
      if (inventory === undefined) continue;
      for (const { schema } of resources)
        expect([schema.type, classes.get(schema.type)]).toEqual([schema.type, expect.any(String)]);
    }
  });
});

describe("writeTypeScript", () => {
  const formatted = (text: string) =>
    execFileSync(
      process.execPath,
      [join(__dirname, "../../node_modules/prettier/bin/prettier.cjs"), "--parser=typescript", "--print-width=120"],
      { input: text, encoding: "utf8" },
    );
  const write = async (...items: InventoryItem[]) =>
    writeTypeScript(importDocument(items, schemas), {
      classes: await constructClasses("cdktf"),
      stack: "outbound-imported",
      library: "cdktf",
      from: "cdktf-provider-outbound",
    });

  it("imports CDK Terrain where the project does: the same classes, from the other entry", async () => {
    const classes = await constructClasses("cdktn");
    expect(classes).toEqual(await constructClasses("cdktf"));
    const entry = { stack: "s", library: "cdktn", from: "cdktf-provider-outbound/cdktn" } as const;
    const text = writeTypeScript(importDocument([], schemas), { classes, ...entry });
    expect(text).toMatch(/^import \{ App, TerraformStack \} from "cdktn";\n/);
    expect(text).not.toContain("cdktf");
  });

  it.each<[string, InventoryItem[]]>([
    ["short", [rule("a")]],
    ["long names", [rule("n".repeat(200)), plugin("p ".repeat(100), "d")]],
    ["long texts", [plugin("p", "d".repeat(200))]],
    ["many receivers", [rule("a", { receivers: Array.from({ length: 30 }, (_, i) => `receiver-${i}@example.com`) })]],
    [
      "objects in lists",
      [
        rule("one", { resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }] }),
        rule("two", {
          resource_kinds: [
            { adapter_kind: "VMWARE", resource_kind: "Datastore" },
            { adapter_kind: "VMWARE", resource_kind: "VirtualMachine" },
          ],
        }),
      ],
    ],
    ["words of the language", [plugin("default", "d"), rule("class")]],
  ])("is formatted: %s", async (_, items) => {
    const text = await write(...items);
    expect(text).toBe(formatted(text));
  });

  it("escapes what Terraform would take for an expression", async () =>
    expect(await write(plugin("p", "costs ${x} %{y}"))).toContain('"costs $${x} %%{y}"'));
});

it("writes numbers beyond JavaScript's own so that Terraform reads every digit", async () => {
  const numbers = { delay_minutes: 203_447_316_518_928_441n, resend_minutes: new Decimal("0.12345678901234567890") };
  const declared = importDocument([rule("a", { delay_minutes: 1, resend_minutes: 2 })], schemas);
  const document = {
    ...declared,
    objects: declared.objects.map((object) => ({ ...object, values: { ...object.values, ...numbers } })),
  };
  expect(writeHcl(document)).toMatch(
    /delay_minutes += 203447316518928441\n +resend_minutes += 0\.1234567890123456789\n/,
  );
  const options = {
    classes: await constructClasses("cdktf"),
    stack: "outbound-imported",
    library: "cdktf",
    from: "cdktf-provider-outbound",
  } as const;
  const text = writeTypeScript(document, options);
  expect(text).toContain("delayMinutes: 203447316518928441n");
  expect(text).toContain('resendMinutes: "${0.1234567890123456789}"');
});
