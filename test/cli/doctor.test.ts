import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../lib/core/problem";
import { examine } from "../../lib/cli/doctor/examine";
import type { InitialSurroundings } from "../../lib/cli/surroundings";

describe("the doctor", () => {
  let home: string;
  let bundle: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "doctor-"));
    bundle = executable("terraform-provider-outbound", "echo '1|6|unix|/socket|grpc|'");
    executable("terraform", 'echo "Terraform v1.11.4"');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function executable(name: string, script: string): string {
    const path = join(home, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }
  function surroundings(
    change: Partial<InitialSurroundings> = {},
    environment: Record<string, string> = {},
  ): InitialSurroundings {
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
  async function problemsOf(change?: Partial<InitialSurroundings>, environment?: Record<string, string>) {
    const findings = await examine(surroundings(change, environment), () => bundle);
    return findings.flatMap(({ problem }) => (problem ? [`${problem.severity} ${problem.code}`] : []));
  }

  it("finds nothing wrong with a machine that is ready", async () => expect(await problemsOf()).toEqual([]));

  it("finds an old Node.js", async () =>
    expect(await problemsOf({ nodeVersion: "18.20.0" })).toEqual(["error cli/node-too-old"]));

  const authorities = { NODE_EXTRA_CA_CERTS: "/etc/ssl/corporate.pem" };
  it.each([
    ["20.11.0", {}, "20.11.0, without fixes since April 2026"],
    [
      "20.11.0",
      authorities,
      "20.11.0, without fixes since April 2026; for NODE_EXTRA_CA_CERTS it reads all authorities whenever it starts, 15 to 35 ms, and Terraform starts the provider three times for each plan; later ones read them when they are needed",
    ],
    ["22.1.0", authorities, "22.1.0"],
    ["24.1.0", {}, "24.1.0"],
  ])("notes what a newer Node.js would save, which is nothing wrong: %s %j", async (nodeVersion, environment, seen) => {
    const [node] = await examine(surroundings({ nodeVersion }, environment), () => bundle);
    expect(node).toEqual({ subject: "Node.js", seen });
  });

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

  it.each([
    ["prints something else", "echo 'no node here'; exit 1", "no node here"],
    ["prints nothing", "echo broken >&2; exit 127", "broken"],
  ])("finds a provider that %s when it is started", async (_, script, got) => {
    bundle = executable("terraform-provider-outbound", script);
    const findings = await examine(surroundings(), () => bundle);
    expect(findings.at(-1)?.problem).toMatchObject({ code: "cli/provider-does-not-start", got });
  });

  it("starts the provider with Terraform's invitation, and leaves nothing running", async () => {
    const told = join(home, "told");
    const script = `trap "echo ended >> ${told}; exit 0" TERM\necho "1|6|unix|$TF_PLUGIN_MAGIC_COOKIE|grpc|"\nwhile :; do sleep 0.05; done`;
    bundle = executable("terraform-provider-outbound", script);
    expect(await problemsOf()).toEqual([]);
    expect(readFileSync(told, "utf8")).toBe("ended\n");
  });

  describe("in a project of CDKTF", () => {
    beforeEach(() => {
      writeFileSync(join(home, "cdktf.json"), JSON.stringify({ app: "node --import tsx main.ts" }));
      packageOf("tsx", "4.23.15");
    });

    function packageOf(name: string, version: string, files: Readonly<Record<string, string>> = {}): void {
      const directory = join(home, "node_modules", name);
      mkdirSync(join(directory, "bundle", "bin"), { recursive: true });
      writeFileSync(join(directory, "package.json"), JSON.stringify({ name, version, main: "index.js" }));
      for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text);
    }
    const cdktf = () => packageOf("cdktf-cli", "0.21.0", { "bundle/bin/cdktf": "" });
    const cdktn = () => packageOf("cdktn-cli", "0.24.0", { "bundle/bin/cdktn.js": "" });
    const terminalWithout = (failure: string) =>
      packageOf("@cdktf/node-pty-prebuilt-multiarch", "0.10.2", {
        "index.js": `throw new Error(${JSON.stringify(failure)});`,
      });
    const seen = async (environment: Record<string, string> = {}) => {
      const tools = { OUTBOUND_TOOLS: join(home, "tools"), ...environment };
      return (await examine(surroundings({}, tools), () => bundle)).map(({ subject, seen: what, problem }) =>
        problem === undefined ? `${subject}: ${what}` : `${subject}: ${problem.severity} ${problem.code}`,
      );
    };

    it("finds what deploys, what runs the program, and that Terraform can have hashicorp/null", async () => {
      cdktf();
      expect((await seen()).slice(-3)).toEqual([
        `CDKTF command line: cdktf-cli 0.21.0 (${join(home, "node_modules/cdktf-cli/bundle/bin/cdktf")})`,
        "TypeScript runner: tsx 4.23.15",
        "hashicorp/null: Terraform can have it",
      ]);
    });

    it("finds a cdktf that this Node.js cannot load, and names the way out", async () => {
      cdktf();
      terminalWithout("Cannot find module '../build/Debug/pty.node'");
      const findings = await examine(surroundings({}, { OUTBOUND_TOOLS: join(home, "tools") }), () => bundle);
      expect(findings.find(({ subject }) => subject === "CDKTF command line")?.problem).toMatchObject({
        code: "cli/cdktf-cannot-load",
        summary: `cdktf-cli 0.21.0 does not run on Node.js ${process.versions.node}`,
        got: "Error: Cannot find module '../build/Debug/pty.node'",
        fix: expect.stringMatching(/npm install --global cdktn-cli@.*cdktn deploy/),
      });
    });

    it("is content with CDK Terrain's command line in its place", async () => {
      cdktf();
      terminalWithout("no build");
      cdktn();
      expect((await seen()).at(-3)).toMatch(/^CDKTF command line: cdktn-cli 0\.24\.0/);
    });

    it("finds it in the folder of tools, too", async () => {
      cdktn();
      mkdirSync(join(home, "tools"));
      renameSync(join(home, "node_modules"), join(home, "tools", "node_modules"));
      expect((await seen()).at(-3)).toMatch(/^CDKTF command line: cdktn-cli 0\.24\.0/);
    });

    it("finds that there is none", async () => {
      expect(await seen()).toContain("CDKTF command line: error cli/deploy-command-missing");
    });

    it("finds a runner that is not installed", async () => {
      writeFileSync(join(home, "cdktf.json"), JSON.stringify({ app: "npx ts-node main.ts" }));
      expect(await seen()).toContain("TypeScript runner: error cli/typescript-runner-missing");
    });

    it("finds ts-node beside a TypeScript that it cannot use", async () => {
      writeFileSync(join(home, "cdktf.json"), JSON.stringify({ app: "npx ts-node main.ts" }));
      packageOf("ts-node", "10.9.2");
      packageOf("typescript", "7.0.1");
      expect(await seen()).toContain("TypeScript runner: error cli/ts-node-and-typescript-7");
      packageOf("typescript", "5.9.3");
      expect(await seen()).toContain("TypeScript runner: ts-node 10.9.2");
    });

    describe("for CDK Terrain", () => {
      beforeEach(() =>
        writeFileSync(
          join(home, "package.json"),
          JSON.stringify({ dependencies: { cdktn: "^0.24.0", constructs: "*" } }),
        ),
      );
      const libraries = () => {
        packageOf("cdktn", "0.24.0");
        packageOf("constructs", "10.7.2");
      };

      it("looks at its library and command line, and needs no hashicorp/null", async () => {
        libraries();
        // What CDKTF left behind: it is not what deploys this program.
        cdktf();
        cdktn();
        expect((await seen()).slice(-3)).toEqual([
          "Construct library: CDK Terrain (cdktn 0.24.0)",
          expect.stringMatching(/^CDK Terrain command line: cdktn-cli 0\.24\.0/),
          "TypeScript runner: tsx 4.23.15",
        ]);
      });

      it("finds a library that is not installed, and no command line", async () => {
        cdktf();
        expect((await seen()).slice(-3, -1)).toEqual([
          "Construct library: error package/library-missing",
          "CDK Terrain command line: error cli/deploy-command-missing",
        ]);
      });
    });

    it("finds what a program for CDKTF lacks", async () => {
      writeFileSync(join(home, "package.json"), JSON.stringify({ devDependencies: { cdktf: "^0.21.0" } }));
      packageOf("cdktf", "0.21.0");
      packageOf("constructs", "10.4.2");
      const findings = await examine(surroundings(), () => bundle);
      expect(findings.find(({ subject }) => subject === "Construct library")?.problem).toMatchObject({
        summary: "The package @cdktf/provider-null is not installed",
        fix: expect.stringMatching(/npm install cdktf constructs @cdktf\/provider-null/),
      });
    });

    it("asks nobody for hashicorp/null where the program embeds its own", async () => {
      executable(
        "terraform",
        `[ "$1" = version ] && echo "Terraform v1.11.4" && exit\necho "Error: no registry" >&2; exit 1`,
      );
      const program = join(home, "main.ts");
      writeFileSync(program, 'new OutboundProvider(stack, "outbound", { embedNullProvider: true });');
      expect((await seen()).at(-1)).toBe(
        "hashicorp/null: not needed: the program embeds the one of this package (embedNullProvider)",
      );
      writeFileSync(program, 'new OutboundProvider(stack, "outbound", { embedNullProvider: false });');
      expect((await seen()).at(-1)).toBe("hashicorp/null: warning cli/null-provider-missing");
    });

    it("warns when hashicorp/null cannot be had, with Terraform's words", async () => {
      executable(
        "terraform",
        `[ "$1" = version ] && echo "Terraform v1.11.4" && exit\nprintf 'Initializing...\\n\\nError: Failed to query\\n\\nCould not retrieve\\nthe list\\n\\nTo see which modules\\n' >&2\nexit 1`,
      );
      const findings = await examine(surroundings(), () => bundle);
      expect(findings.at(-1)?.problem).toMatchObject({
        code: "cli/null-provider-missing",
        severity: "warning",
        got: "Failed to query Could not retrieve the list",
        fix: expect.stringMatching(/embedNullProvider/),
      });
    });
  });
});
