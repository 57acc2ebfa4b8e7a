import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Aspects, TerraformStack } from "cdktf";
import { OutboundProvider, OvhVropsFlow, Secret, useEmbeddedNull } from "../../lib";
import { ProblemError } from "../../lib/core/problem";
import { packageHash, platformName } from "../../lib/package/install";
import { errorOf, synth, temporaryDirectory } from "../constructs/helper";

let built = "";
jest.mock("../../lib/package/install/package-files", () => ({
  executable: (name: string) => {
    const path = join(built, name);
    if (existsSync(path)) return path;
    throw new ProblemError({
      code: "install/provider-not-built",
      severity: "error",
      summary: "not built",
      fix: "build",
    });
  },
}));

const source = "registry.terraform.io/cdktf-outbound/outbound";
const inMirror = join(
  "terraform.d",
  "plugins",
  ...source.split("/"),
  "0.1.0",
  platformName(),
  "terraform-provider-outbound_v0.1.0",
);
const flow = { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 };
const lock = (directory: string) => readFileSync(join(directory, ".terraform.lock.hcl"), "utf8");

beforeEach(() => {
  built = temporaryDirectory();
  writeFileSync(join(built, "outbound"), "#!/usr/bin/env node\n// one\n");
  writeFileSync(join(built, "null"), "#!/usr/bin/env node\n// null\n");
});

it("fails with advice when the provider has not been built", () => {
  built = join(built, "nowhere");
  expect(() => synth((stack) => new OutboundProvider(stack, "outbound"))).toThrow("install/provider-not-built");
});

it("refuses two configurations without alias, which Terraform could not tell apart", () => {
  const act = () =>
    synth((stack) => {
      new OutboundProvider(stack, "one");
      new OutboundProvider(stack, "two");
    });
  expect(act).toThrow("constructs/two-default-providers");
});

it("writes how patient it is with all systems, and with one", () => {
  const { json } = synth((stack) => {
    new OutboundProvider(stack, "outbound", {
      httpTimeout: "30s",
      maxRetries: 2,
      vrops: { httpTimeout: "3m", maxRetries: 0 },
    });
  });
  expect(json["provider"]).toEqual({
    outbound: [{ http_timeout: "30s", max_retries: 2, vrops: { http_timeout: "3m", max_retries: 0 } }],
  });
});

it.each([
  [{ httpTimeout: "30" }, "30m"],
  [{ httpTimeout: "2h" }, "at most 1h"],
  [{ maxRetries: 1.5 }, "a whole number from 0 to 10"],
  [{ vrops: { maxRetries: 11 } }, "a whole number from 0 to 10"],
])("refuses %j at synth", (props, expected) => {
  expect(errorOf(() => synth((stack) => new OutboundProvider(stack, "outbound", props)))).toContain(expected);
});

it("refuses a misspelt setting with the one that was meant", () => {
  const vrops = { urll: "https://vrops.example.com" } as never;
  expect(errorOf(() => synth((stack) => new OutboundProvider(stack, "o", { vrops })))).toContain("Did you mean `url`?");
});

it("writes settings by their Terraform names, and source and exact version", () => {
  const { json } = synth((stack) => {
    new OutboundProvider(stack, "outbound", {
      ovh: { endpoint: "ovh-eu", applicationSecret: Secret.environment("OVH_SECRET") },
    });
  });
  expect(json["provider"]).toEqual({
    outbound: [
      {
        ovh: {
          endpoint: "ovh-eu",
          application_secret: "${ephemeral.outbound_environment.OVH_SECRET.value}",
        },
      },
    ],
  });
  expect(json["terraform"]).toMatchObject({ required_providers: { outbound: { source, version: "0.1.0" } } });
});

it("is added to a stack that uses the provider and declares none", () => {
  const { json, directory } = synth((stack) => new OvhVropsFlow(stack, "f", flow));
  expect(json["provider"]).toEqual({ outbound: [{}] });
  expect(existsSync(join(directory, inMirror))).toBe(true);
});

it("is not added to a stack that declares one later", () => {
  const { json } = synth((stack) => {
    new OvhVropsFlow(stack, "f", flow);
    new OutboundProvider(stack, "mine", { vrops: { url: "https://vrops.example.com" } });
  });
  expect(json["provider"]).toEqual({ outbound: [{ vrops: { url: "https://vrops.example.com" } }] });
});

it("copies the executable, so that the directory can be shipped", () => {
  const { directory } = synth((stack) => new OutboundProvider(stack, "outbound"));
  const file = join(directory, inMirror);
  expect(lstatSync(file).isFile()).toBe(true);
  expect(statSync(file).mode & 0o111).toBe(0o111);
  expect(readFileSync(file)).toEqual(readFileSync(join(built, "outbound")));
});

it("copies it for every platform asked for, and refuses a name that is none", () => {
  const platforms = ["linux_arm64", "darwin_arm64"];
  const { directory } = synth((stack) => new OutboundProvider(stack, "outbound", { platforms }));
  for (const platform of platforms) {
    expect(existsSync(join(directory, inMirror.replace(platformName(), platform)))).toBe(true);
  }
  const act = () => synth((stack) => new OutboundProvider(stack, "outbound", { platforms: ["../../etc"] }));
  expect(act).toThrow("install/bad-platform");
});

describe("the lock file", () => {
  it("has an entry for each exactly pinned provider, ours with its checksum", () => {
    const { directory } = synth((stack) => {
      new OutboundProvider(stack, "outbound");
      new NullProvider(stack, "null");
    });
    const hash = packageHash({ source, version: "0.1.0", executable: join(built, "outbound") });
    expect(lock(directory)).toContain(
      `provider "${source}" {\n  version     = "0.1.0"\n  constraints = "0.1.0"\n  hashes = [\n    "${hash}",\n  ]\n}\n`,
    );
    expect(lock(directory)).toContain(
      'provider "registry.terraform.io/hashicorp/null" {\n  version     = "3.2.4"\n  constraints = "3.2.4"\n}\n',
    );
  });

  it("keeps other providers' entries as they are and renews ours when the build has changed", () => {
    const outdir = temporaryDirectory();
    const directory = join(outdir, "stacks", "test");
    mkdirSync(directory, { recursive: true });
    const foreign =
      'provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.3"\n  hashes = [\n    "h1:mine",\n  ]\n}';
    const stale = `provider "${source}" {\n  version = "0.1.0"\n  hashes = [\n    "h1:stale",\n  ]\n}`;
    writeFileSync(join(directory, ".terraform.lock.hcl"), `${foreign}\n\n${stale}\n`);
    const build = (stack: TerraformStack) => {
      new OutboundProvider(stack, "outbound");
      new NullProvider(stack, "null");
    };
    synth(build, outdir);
    expect(lock(directory)).toContain(foreign);
    expect(lock(directory)).not.toContain("h1:stale");

    const before = lock(directory);
    writeFileSync(join(built, "outbound"), "#!/usr/bin/env node\n// two\n");
    synth(build, outdir);
    expect(lock(directory)).not.toBe(before);
    expect(readFileSync(join(directory, inMirror), "utf8")).toContain("// two");
  });
});

describe("the embedded null provider", () => {
  const ours = "registry.terraform.io/cdktf-outbound/null";

  it.each([
    ["by the helper", (stack: TerraformStack) => (new OutboundProvider(stack, "outbound"), useEmbeddedNull(stack))],
    [
      "by the provider's property",
      (stack: TerraformStack) => new OutboundProvider(stack, "o", { embedNullProvider: true }),
    ],
  ])("takes the place of hashicorp/null, asked for %s", (_, build) => {
    const { json, directory } = synth((stack) => {
      build(stack);
      new NullProvider(stack, "null");
    });
    expect(json["terraform"]).toMatchObject({ required_providers: { null: { source: ours, version: "0.1.0" } } });
    expect(lock(directory)).toContain(`provider "${ours}"`);
    expect(lock(directory)).not.toContain("hashicorp/null");
    expect(existsSync(join(directory, "terraform.d", "plugins", ...ours.split("/"), "0.1.0"))).toBe(true);
  });
});

it("lets aspects on the stack see every construct", () => {
  const app = new App({ outdir: temporaryDirectory() });
  const stack = new TerraformStack(app, "test");
  new OvhVropsFlow(stack, "f", flow);
  const visited: string[] = [];
  Aspects.of(stack).add({ visit: (node) => void visited.push(node.node.path) });
  app.synth();
  expect(visited).toContain("test/f");
});

it("warns of a platform on which the provider cannot start", () => {
  const warnings = (platforms?: readonly string[]) => {
    let said: readonly unknown[] = [];
    synth((stack) => {
      const provider = new OutboundProvider(stack, "outbound", platforms ? { platforms } : {});
      said = provider.node.metadata.filter(({ type }) => type.includes("warn")).map(({ data }) => data);
    });
    return said.join("\n");
  };
  expect(warnings(["linux_amd64", "windows_amd64"])).toMatch(/cannot start the provider on Windows[^]*windows_amd64/);
  expect(warnings(["linux_amd64", "darwin_arm64"])).toBe("");
  expect(warnings()).toBe("");
});
