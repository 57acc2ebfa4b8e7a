import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { PROVIDER_SOURCE, PROVIDER_SOURCES, PROVIDER_VERSION } from "../../lib/package/identity";
import { terraformBinary } from "../support/terraform-binary";

describe("outbound provider install", () => {
  let home: string;
  let environment: Record<string, string>;
  beforeEach(() => (environment = {}));
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), "provider-command-"))));
  afterEach(() => rmSync(home, { recursive: true }));

  const install = (...argv: string[]) => installOn("linux", ...argv);
  async function installOn(platform: string, ...argv: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(["provider", "install", ...argv], {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      environment,
      homeDirectory: home,
      workingDirectory: home,
      nodeVersion: "20.11.0",
      platform,
      interrupted: new AbortController().signal,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  it("puts an executable where Terraform looks first, and prints the block that asks for it", async () => {
    const { code, out } = await install("--platform", "linux_amd64");
    expect(code).toBe(0);
    const file = join(
      home,
      ".terraform.d/plugins",
      PROVIDER_SOURCE,
      PROVIDER_VERSION,
      "linux_amd64",
      `terraform-provider-outbound_v${PROVIDER_VERSION}`,
    );
    expect(statSync(file).mode & 0o111).not.toBe(0);
    expect(out).toContain(`source  = "${PROVIDER_SOURCE}"`);
    expect(out).toContain(`version = "${PROVIDER_VERSION}"`);
  });

  it("lies there under the names of both registries", async () => {
    await install("--platform", "linux_amd64");
    for (const source of PROVIDER_SOURCES) {
      const folder = join(home, ".terraform.d/plugins", source, PROVIDER_VERSION, "linux_amd64");
      expect(readdirSync(folder)).toEqual([`terraform-provider-outbound_v${PROVIDER_VERSION}`]);
    }
  });

  it("names the program that is in use", async () => {
    const tofu = join(home, "tofu");
    writeFileSync(tofu, '#!/bin/sh\necho "OpenTofu v1.12.6"\n', { mode: 0o755 });
    environment = { PATH: home };
    expect((await install()).err).toContain("run `tofu init`");
    environment = {};
    expect((await install()).err).toContain("run `terraform init`");
  });

  it("enters itself into the lock file of a configuration, so that a read-only init is enough", async () => {
    const { code, out } = await install("--dir", "terraform.d/plugins", "--lock");
    expect(code).toBe(0);
    writeFileSync(join(home, "main.tf"), out);
    const args = ["init", "-lockfile=readonly", "-no-color"];
    const { status, stdout, stderr } = spawnSync(terraformBinary, args, { cwd: home, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toContain("from the dependency lock file");
  });

  it("goes into another mirror when told so, and says where as JSON", async () => {
    const { out } = await install("--dir", "terraform.d/plugins", "--json");
    expect(JSON.parse(out).path).toContain(join(home, "terraform.d/plugins"));
  });

  it("refuses a platform on which it could never start, given or found, and installs nothing", async () => {
    for (const { code, err } of [await install("--platform", "windows_amd64"), await installOn("win32")]) {
      expect(code).toBe(1);
      expect(err).toMatch(/install\/cannot-start-on-windows/);
      expect(err).toMatch(/Windows Subsystem for Linux/);
    }
    expect(readdirSync(home)).toEqual([]);
    expect((await installOn("win32", "--platform", "linux_amd64")).code).toBe(0);
  });

  it("refuses a platform that Terraform does not know", async () => {
    const { code, err } = await install("--platform", "linux");
    expect(code).toBe(1);
    expect(err).toContain("install/bad-platform");
  });
});
