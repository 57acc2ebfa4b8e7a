import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isOlder, requireTerraform } from "../../lib/cli/terraform-version";

describe("the terraform that will be used", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "terraform-version-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  function fake(name: string, script: string): string {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }
  const environment = (more: Record<string, string> = {}) => ({ PATH: `${directory}:/usr/bin:/bin`, ...more });

  it("is the first on PATH", async () => {
    fake("terraform", 'echo "Terraform v1.11.4"; echo "on linux_amd64"');
    expect(await requireTerraform(environment())).toEqual({
      binary: "terraform",
      product: "Terraform",
      version: "1.11.4",
    });
  });

  it("may be OpenTofu, named the way cdktf reads it", async () => {
    const tofu = fake("tofu", 'echo "OpenTofu v1.11.0"');
    fake("terraform", 'echo "Terraform v1.5.7"');
    expect(await requireTerraform(environment({ TERRAFORM_BINARY_NAME: tofu }))).toEqual({
      binary: tofu,
      product: "OpenTofu",
      version: "1.11.0",
    });
  });

  it("is found behind warnings about its configuration", async () => {
    fake("terraform", 'echo "There are some problems with the CLI configuration:"; echo; echo "Terraform v1.12.0"');
    expect(await requireTerraform(environment())).toMatchObject({ version: "1.12.0" });
  });

  it.each(["1.10.5", "1.11.0-rc1", "0.15.0"])("%s is too old, and the message says what is needed", async (version) => {
    fake("terraform", `echo "Terraform v${version}"`);
    await expect(requireTerraform(environment())).rejects.toMatchObject({
      problems: [{ code: "cli/terraform-too-old", got: `Terraform ${version} (terraform)` }],
    });
  });

  it("is missing", async () => {
    await expect(requireTerraform({ PATH: directory })).rejects.toMatchObject({
      problems: [{ code: "cli/terraform-missing", got: "terraform and tofu" }],
    });
    await expect(requireTerraform({ PATH: directory, TERRAFORM_BINARY_NAME: "mine" })).rejects.toMatchObject({
      problems: [{ code: "cli/terraform-missing", got: "mine" }],
    });
  });

  it("is OpenTofu where there is no terraform", async () => {
    fake("tofu", 'echo "OpenTofu v1.12.6"');
    const found = { binary: "tofu", product: "OpenTofu", version: "1.12.6" };
    expect(await requireTerraform({ PATH: directory })).toEqual(found);
  });

  it("is a terraform that is too old rather than OpenTofu, which nobody has asked for", async () => {
    fake("terraform", 'echo "Terraform v1.5.7"');
    fake("tofu", 'echo "OpenTofu v1.12.6"');
    await expect(requireTerraform({ PATH: directory })).rejects.toMatchObject({
      problems: [{ code: "cli/terraform-too-old" }],
    });
  });

  it.each([
    ["prints something else", "echo hello", "hello"],
    ["fails", "echo broken >&2; exit 3", "broken"],
  ])("%s instead of telling its version", async (_what, script, evidence) => {
    fake("terraform", script);
    await expect(requireTerraform(environment())).rejects.toMatchObject({
      problems: [{ code: "cli/terraform-unusable", evidence }],
    });
  });
});

it.each([
  ["1.11.0", "1.11.0", false],
  ["1.11.0-beta2", "1.11.0", true],
  ["1.9.99", "1.11.0", true],
  ["2.0.0", "1.11.0", false],
  ["1.11.0", "1.11.0-beta2", false],
])("%s is older than %s: %s", (version, than, older) => expect(isOlder(version, than)).toBe(older));
