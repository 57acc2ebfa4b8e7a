import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { suitableDeployCommand } from "../../lib/cli/deploy-command";
import { runCommandLine } from "../../lib/cli/program";
import type { Surroundings } from "../../lib/cli/surroundings";
import { PROVIDER_VERSION } from "../../lib/package/identity";

const root = resolve(__dirname, "../..");
const program = readFileSync(join(root, "examples/simple-case/main.ts"), "utf8");

describe("outbound init", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "init-command-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  async function init(argv: readonly string[] = [], changes: Partial<Surroundings> = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(["init", ...argv], {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      environment: { PATH: process.env["PATH"] },
      homeDirectory: directory,
      workingDirectory: directory,
      nodeVersion: "20.11.0",
      platform: "linux",
      interrupted: new AbortController().signal,
      ...changes,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }
  const file = (path: string) => readFileSync(join(directory, path), "utf8");
  const manifest = (folder = ".") =>
    JSON.parse(file(join(folder, "package.json"))) as Record<
      "dependencies" | "devDependencies" | "scripts" | "allowScripts",
      object
    >;
  const files = (folder = ".") => readdirSync(join(directory, folder)).sort();

  describe("refuses", () => {
    it("a folder that holds something, and names it", async () => {
      writeFileSync(join(directory, "index.js"), "");
      mkdirSync(join(directory, ".git"));
      const { code, err } = await init();
      expect(code).toBe(1);
      expect(err).toContain("cli/init-folder-not-empty");
      expect(err).toContain("Got: index.js\n");
      expect(err).toContain("--merge");
      expect(files()).toEqual([".git", "index.js"]);
    });

    it("a second run, which would replace what was changed since", async () => {
      await init();
      writeFileSync(join(directory, "main.ts"), "mine");
      expect((await init()).err).toContain("cli/init-folder-not-empty");
      expect(file("main.ts")).toBe("mine");
    });

    it("a folder that is a file", async () => {
      writeFileSync(join(directory, "mail"), "");
      const { code, err } = await init(["--directory", "mail"]);
      expect([code, err]).toEqual([1, expect.stringContaining("cli/init-folder-unusable")]);
    });

    it("a template that does not exist, with the one that was meant", async () => {
      const { code, err } = await init(["--template", "cdkft"]);
      expect([code, err]).toEqual([2, expect.stringContaining("cdktf (did you mean that?)")]);
    });

    it("CDK Terrain on a Node.js where its command line does not run", async () => {
      const { code, err } = await init(["--template", "cdktn"], { nodeVersion: "22.18.0" });
      expect([code, err]).toEqual([1, expect.stringContaining("22.19.0 or later")]);
      expect(files()).toEqual([]);
    });

    it("to add to a package.json that is none, before it writes anything", async () => {
      writeFileSync(join(directory, "package.json"), "{");
      const { code, err } = await init(["--merge"]);
      expect([code, err]).toEqual([1, expect.stringContaining("cli/init-manifest-unreadable")]);
      expect(files()).toEqual(["package.json"]);
    });

    it("HCL where Terraform could not start the provider", async () => {
      const { code, err } = await init(["--template", "hcl"], { platform: "win32" });
      expect([code, err]).toEqual([1, expect.stringContaining("install/cannot-start-on-windows")]);
    });
  });

  it("writes the example's program, pinned to this package, and says what comes next", async () => {
    const { code, out, err } = await init();
    expect(code).toBe(0);
    expect(files()).toEqual([".gitignore", "cdktf.json", "main.ts", "package.json", "tsconfig.json"]);
    expect(out.split("\n")).toHaveLength(5);
    expect(file("main.ts")).toBe(program);
    expect(manifest().dependencies).toMatchObject({ "cdktf-provider-outbound": PROVIDER_VERSION });
    expect(err).toMatch(/npm install .*\n {2}npm run sandbox /);
  });

  it.each([
    ["20.11.0", "linux", "cdktf"],
    ["22.20.0", "darwin", "cdktf"],
    ["24.0.0", "linux", "cdktn"],
    ["26.1.0", "linux", "cdktn"],
  ])("takes the command line that Node.js %s on %s runs: %s", async (nodeVersion, platform, command) => {
    await init([], { nodeVersion, platform });
    const { devDependencies, scripts, dependencies } = manifest();
    expect(Object.keys(devDependencies)).toContain(`${command}-cli`);
    expect(manifest().allowScripts).toHaveProperty("esbuild", false);
    expect(scripts).toMatchObject({ deploy: `${command} deploy` });
    expect(dependencies).toMatchObject({ cdktf: "^0.21.0" });
    // cdktn 0.24 takes no other, and npm does not go back to an older release by itself.
    expect(dependencies).toHaveProperty("constructs", command === "cdktf" ? "^10.4.2" : ">=10.6.0 <10.8.0");
  });

  it("takes cdktn-cli on ARM processors with Linux from Node.js 22 on: cdktf-cli has no build for them", () => {
    expect(suitableDeployCommand("20.11.0", "linux", "arm64")).toBe("cdktf");
    expect(suitableDeployCommand("22.20.0", "linux", "arm64")).toBe("cdktn");
    expect(suitableDeployCommand("22.20.0", "darwin", "arm64")).toBe("cdktf");
  });

  it("writes the same program for CDK Terrain", async () => {
    await init(["--template", "cdktn"], { nodeVersion: "24.0.0" });
    expect(file("main.ts")).toContain('from "cdktn";');
    expect(file("main.ts")).toContain('from "cdktf-provider-outbound/cdktn";');
    expect(file("main.ts")).toContain('new OutboundProvider(stack, "outbound");\n');
    expect(file("main.ts").split("\n")).toHaveLength(program.split("\n").length);
    expect(Object.keys(manifest().dependencies)).toEqual(["cdktf-provider-outbound", "cdktn", "constructs"]);
  });

  it("writes HCL with the provider beside it, and names the release to run", async () => {
    const { code, err } = await init(["--template", "hcl"]);
    expect(code).toBe(0);
    expect(files()).toEqual([".gitignore", "main.tf", "terraform.d", "variables.tf"]);
    expect(file("main.tf")).toContain(`version = "${PROVIDER_VERSION}"`);
    const [executable] = readdirSync(join(directory, "terraform.d"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(`_v${PROVIDER_VERSION}`),
    );
    expect(statSync(join(directory, "terraform.d", executable!)).mode & 0o111).not.toBe(0);
    expect(err).toContain(
      `TF_WORKSPACE=sandbox npx cdktf-provider-outbound@${PROVIDER_VERSION} sandbox -- terraform apply`,
    );
    // Each sandbox begins empty: a state of the one before would be full of objects that are gone.
    expect(err).toMatch(/rm -rf terraform\.tfstate\.d\/sandbox .*\n.*TF_WORKSPACE=sandbox/);
  });

  it("makes a folder, and says how to enter it", async () => {
    const { err } = await init(["--directory", "Alert Mail"]);
    expect(err).toContain("cd 'Alert Mail'");
    expect(manifest("Alert Mail")).toHaveProperty("name", "alert-mail");
  });

  it("speaks the language of the package manager that started it", async () => {
    const { err } = await init([], {
      environment: { PATH: process.env["PATH"], npm_config_user_agent: "pnpm/10.1.0 npm/? node/v22.1.0 linux x64" },
    });
    expect(err).toMatch(/pnpm install .*\n {2}pnpm run sandbox /);
  });

  it("says at once that there is no Terraform", async () => {
    const { code, err } = await init([], { environment: { PATH: directory } });
    expect([code, err]).toEqual([0, expect.stringContaining("Warning: Terraform was not found")]);
  });

  it("writes nothing on a dry run, and says what it would write", async () => {
    const { out } = await init(["--dry-run", "--template", "hcl"]);
    expect(out).toMatch(/^would write main\.tf\n.*\n.*\nwould write terraform\.d\/plugins$/);
    expect(files()).toEqual([]);
  });

  it("leaves what stands in a file that it adds to as it is, whatever that is", async () => {
    const lines = "# ##[group] \u200b\u202e\ndist\n";
    writeFileSync(join(directory, ".gitignore"), lines);
    await init(["--merge"]);
    expect(file(".gitignore").startsWith(lines)).toBe(true);
  });

  it("adds to a project what it lacks, replaces nothing, and has nothing to add the second time", async () => {
    const own = { name: "mine", scripts: { deploy: "mine" }, dependencies: { cdktf: "0.20.0" }, jest: { mine: true } };
    writeFileSync(join(directory, "package.json"), JSON.stringify(own));
    writeFileSync(join(directory, "main.ts"), "mine");
    writeFileSync(join(directory, ".gitignore"), "dist\nnode_modules/");
    const { out } = await init(["--merge"]);
    expect(out).toContain("kept main.ts, which is there already");
    expect(manifest()).toMatchObject(own);
    expect(manifest().scripts).toHaveProperty("sandbox");
    expect(manifest().dependencies).toHaveProperty("cdktf-provider-outbound");
    expect(file(".gitignore")).toMatch(/^dist\nnode_modules\/\ncdktf\.out\/\n/);
    expect(file("main.ts")).toBe("mine");
    expect((await init(["--merge"])).out).not.toMatch(/wrote|added/);
  });
});
