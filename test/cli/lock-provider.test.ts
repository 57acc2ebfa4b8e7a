import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockProvider } from "../../lib/cli/lock-provider";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_SOURCES, PROVIDER_VERSION } from "../../lib/package/identity";
import { executable, packageHash } from "../../lib/package/install";

const [, OPENTOFU] = PROVIDER_SOURCES;
const hash = packageHash({
  source: PROVIDER_SOURCE,
  version: PROVIDER_VERSION,
  executable: executable(PROVIDER_NAME),
});

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "outbound-lock-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function locked(files: Record<string, string>, terraform: "terraform" | "tofu" = "terraform"): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return readFileSync(lockProvider(directory, terraform), "utf8");
}
const sources = (text: string) => [...text.matchAll(/^provider "(.*)"/gm)].map(([, source]) => source);
const requires = (...lines: string[]) => `terraform {
  required_providers {
    outbound = {
${lines.map((line) => `      ${line}`).join("\n")}
    }
  }
}
`;

it("enters the provider as the block requires it that is printed, where nothing does yet", () => {
  expect(locked({})).toContain(
    `provider "${PROVIDER_SOURCE}" {\n  version     = "${PROVIDER_VERSION}"\n  constraints = "${PROVIDER_VERSION}"\n  hashes = [\n    "${hash}",\n  ]\n}\n`,
  );
});

it.each([
  ["terraform", PROVIDER_SOURCE],
  ["tofu", OPENTOFU],
] as const)("reads the short source as %s does", (terraform, expected) => {
  const text = locked(
    { "main.tf": requires('source = "cdktf-outbound/outbound" # short', 'version = "~> 0.1"') },
    terraform,
  );
  expect(sources(text)).toEqual([expected]);
  expect(text).toContain('constraints = "~> 0.1"');
});

it("writes no constraint where there is none, and nothing for a source in a comment", () => {
  const text = locked({
    "main.tf": requires(`source = "${PROVIDER_SOURCE}"`),
    "old.tf": `# { source = "elsewhere.example/cdktf-outbound/outbound" }\n/* { source = "cdktf-outbound/outbound" } */\n`,
  });
  expect(sources(text)).toEqual([PROVIDER_SOURCE]);
  expect(text).not.toContain("constraints");
});

it("enters what else a synthesised stack pins, and leaves what is there", () => {
  const existing = 'provider "registry.terraform.io/hashicorp/random" {\n  version = "3.0.0"\n}\n';
  const required = {
    outbound: { source: "cdktf-outbound/outbound", version: PROVIDER_VERSION },
    null: { source: "null", version: "3.2.4" },
    random: { source: "hashicorp/random", version: "3.1.0" },
    time: { source: "hashicorp/time", version: "~> 0.9" },
  };
  const text = locked({
    "cdk.tf.json": JSON.stringify({ terraform: { required_providers: required } }),
    ".terraform.lock.hcl": existing,
  });
  expect(text).toContain(existing.trim());
  expect(sources(text).sort()).toEqual(
    [PROVIDER_SOURCE, "registry.terraform.io/hashicorp/null", "registry.terraform.io/hashicorp/random"].sort(),
  );
});

it("names a configuration that is no JSON", () => {
  expect(() => locked({ "cdk.tf.json": "{" })).toThrow(/cdk\.tf\.json: [^]*Synthesise it again/);
});

it("says that there is no such directory", () => {
  expect(() => lockProvider(join(directory, "gone"), "terraform")).toThrow(/no such directory/);
});
