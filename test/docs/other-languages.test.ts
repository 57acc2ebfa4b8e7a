import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { terraformBinary } from "../support/terraform-binary";

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/other-languages.md"), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(page)![1]!;

const release = Number(process.versions.node.split(".")[0]);
const loads = release < 24;
if (!loads) console.warn(`skipped: cdktf-cli does not run on Node.js ${release}`);

(loads ? describe : describe.skip)("the classes that cdktf makes of the provider's schema", () => {
  let folder: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "outbound-languages-"));
    sandbox = await startSandbox();
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const project = { ...(JSON.parse(block("json")) as object), language: "typescript", codeMakerOutput: ".gen" };
    const app = `${process.execPath} --import tsx main.ts`;
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...project, app, sendCrashReports: "false" }));
    writeFileSync(join(folder, "main.ts"), block("ts"));
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A command of the page, in the project, by a user who has nothing else. */
  async function command(script: string, ...args: string[]): Promise<string> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_|XDG_)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      ...sandbox.environment(),
      ...{ HOME: folder, CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", SMTP_PASSWORD: "a secret" },
      TERRAFORM_BINARY_NAME: terraformBinary,
    };
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder, env });
    return stdout;
  }
  const cdktf = join(root, "node_modules/cdktf-cli/bundle/bin/cdktf");
  const outbound = join(root, "bin/outbound.js");

  it("deploy as the page says, secrets included, without a registry", async () => {
    await command(outbound, "provider", "install");
    await command(cdktf, "get");
    await command(cdktf, "synth");
    const stack = join("cdktf.out", "stacks", "alerting");
    await command(outbound, "provider", "install", "--lock", stack);
    expect(await command(cdktf, "deploy", "--auto-approve")).toContain("2 added, 0 changed, 0 destroyed");
    expect(sandbox.network.list()).toHaveLength(1);
    expect(readFileSync(join(folder, "terraform.alerting.tfstate"), "utf8")).not.toContain("a secret");
    expect(await command(cdktf, "destroy", "--auto-approve")).toContain("2 destroyed");
  }, 300_000);
});
