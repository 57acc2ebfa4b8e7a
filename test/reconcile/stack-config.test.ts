import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configHash, readStackConfig } from "../../lib/reconcile/stack-config";

describe("readStackConfig", () => {
  const directory = mkdtempSync(join(tmpdir(), "outbound-config-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const read = (config: object, environment: Record<string, string> = {}) => {
    const file = join(directory, "cdk.tf.json");
    writeFileSync(file, JSON.stringify(config));
    return readStackConfig({ file }, environment);
  };
  const provider = (vrops: object, alias?: string) => ({
    provider: { outbound: [{ vrops, ...(alias === undefined ? {} : { alias }) }] },
    variable: { url: {}, preset: { default: "from the default" } },
  });

  it.each([
    ["a literal", "https://v.example.com", {}, "https://v.example.com"],
    ["a variable", "${var.url}", { TF_VAR_url: "https://v" }, "https://v"],
    ["a variable with a default", "${var.preset}", {}, "from the default"],
    [
      "what the provider reads itself",
      "${ephemeral.outbound_environment.V_URL.value}",
      { V_URL: "https://v" },
      "https://v",
    ],
    ["an escaped text", "a$${b}", {}, "a${b}"],
  ])("knows %s", (_, url, environment, expected) =>
    expect(read(provider({ url }), environment as Record<string, string>).settings("", "vrops")).toEqual({
      known: { url: expected },
    }),
  );

  it.each(["${var.url}", "${data.x.y.url}", "https://${var.preset}/x"])(
    "admits that %s is known to Terraform only",
    (url) =>
      expect(read(provider({ url })).settings("", "vrops")).toEqual({
        unknown: "the setting vrops.url is known to Terraform only",
      }),
  );

  it("leaves a system that is not configured to the environment", () =>
    expect(read(provider({})).settings("", "ovh")).toEqual({ known: null }));

  it("tells provider configurations apart", () => {
    const config = read({
      ...provider({ url: "b" }, "b"),
      resource: { outbound_x: { one: { provider: "outbound.b" }, two: {} } },
      action: { outbound_x: { two: { provider: "outbound.b" } } },
    });
    expect([config.aliasOf("action.outbound_x.two"), config.aliasOf("action.outbound_x.one")]).toEqual(["b", ""]);
    expect([config.aliasOf("outbound_x.one[0]"), config.aliasOf("outbound_x.two")]).toEqual(["b", ""]);
    expect(config.declaredAlias("outbound_x.one (deposed 12345678)")).toBe("b");
    expect([config.declaredAlias("outbound_x.gone"), config.aliasOf("outbound_x.gone")]).toEqual([undefined, ""]);
    expect(config.settings("b", "vrops")).toEqual({ known: { url: "b" } });
    expect(config.settings("", "vrops")).toEqual({ known: null });
  });
});

describe("configHash", () => {
  const config = { resource: { a: { b: { c: 1 } } } };
  it("does not depend on the order of keys, on metadata, or on where the state is kept", () =>
    expect(
      configHash({
        "//": { at: "x" },
        terraform: { backend: { local: {} } },
        resource: { a: { b: { c: 1, "//": 2 } } },
      }),
    ).toBe(configHash({ terraform: {}, ...config })));
  it("depends on what is declared", () =>
    expect(configHash({ resource: { a: { b: { c: 2 } } } })).not.toBe(configHash(config)));
});
