import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../lib/core/problem";
import { examine } from "../../lib/cli/doctor";
import type { Surroundings } from "../../lib/cli/surroundings";

describe("the doctor", () => {
  let home: string;
  let bundle: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "doctor-"));
    bundle = executable("terraform-provider-outbound", "");
    executable("terraform", 'echo "Terraform v1.11.4"');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function executable(name: string, script: string): string {
    const path = join(home, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }
  function surroundings(change: Partial<Surroundings> = {}, environment: Record<string, string> = {}): Surroundings {
    return {
      out: () => undefined,
      err: () => undefined,
      environment: { PATH: `${home}:/usr/bin:/bin`, ...environment },
      homeDirectory: home,
      workingDirectory: home,
      nodeVersion: "20.11.0",
      platform: "linux",
      interrupted: new AbortController().signal,
      ...change,
    };
  }
  async function problemsOf(change?: Partial<Surroundings>, environment?: Record<string, string>) {
    const findings = await examine(surroundings(change, environment), () => bundle);
    return findings.flatMap(({ problem }) => (problem ? [`${problem.severity} ${problem.code}`] : []));
  }

  it("finds nothing wrong with a machine that is ready", async () => expect(await problemsOf()).toEqual([]));

  it("finds an old Node.js", async () =>
    expect(await problemsOf({ nodeVersion: "18.20.0" })).toEqual(["error cli/node-too-old"]));

  it("finds an old Terraform and goes on looking", async () => {
    executable("terraform", 'echo "Terraform v1.5.7"');
    chmodSync(bundle, 0o644);
    expect(await problemsOf()).toEqual(["error cli/terraform-too-old", "error cli/provider-not-executable"]);
  });

  it("finds that the provider was never built", async () => {
    const findings = await examine(surroundings(), () => {
      throw new ProblemError({ code: "install/provider-not-built", severity: "error", summary: "", fix: "" });
    });
    expect(findings.map(({ problem }) => problem?.code)).toContain("install/provider-not-built");
  });

  it("finds a variable that names a configuration file which is not there", async () =>
    expect(await problemsOf({}, { TF_CLI_CONFIG_FILE: join(home, "nowhere") })).toEqual([
      "warning cli/terraform-config-missing",
    ]));

  it.each([
    ["a direct-only block", "provider_installation {\n  direct {}\n}", ["error cli/terraform-mirror-disabled"]],
    [
      "a block with a mirror",
      'provider_installation {\n  filesystem_mirror { path = "/m" }\n}',
      ["warning cli/terraform-mirror-explicit"],
    ],
    ["a block in a comment", "# provider_installation {\n/* provider_installation { direct {} } */\n", []],
    ["no block", "disable_checkpoint = true\n", []],
  ])("reads the CLI configuration: %s", async (_what, text, expected) => {
    writeFileSync(join(home, ".terraformrc"), text);
    expect(await problemsOf()).toEqual(expected);
    mkdirSync(join(home, "elsewhere"));
    expect(await problemsOf({ homeDirectory: join(home, "elsewhere") })).toEqual([]);
  });

  it("finds arguments that sneak into every command", async () =>
    expect(await problemsOf({}, { TF_CLI_ARGS_plan: "-refresh=false", TF_CLI_ARGS: "" })).toEqual([
      "warning cli/terraform-extra-arguments",
    ]));
});
