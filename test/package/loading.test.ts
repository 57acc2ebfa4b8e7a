import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const printed = (...args: string[]) =>
  JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }));

/** What a stack of one plugin loads of the library: files of ours, and packages. */
const STACK = `
  const { App, TerraformStack } = require("cdktf");
  const before = new Set(Object.keys(require.cache));
  const { OutboundProvider, Policy, VropsEmailPlugin } = require("cdktf-provider-outbound");
  const app = new App({ outdir: process.argv[1] });
  const stack = new TerraformStack(app, "stack");
  new OutboundProvider(stack, "outbound", {});
  new VropsEmailPlugin(stack, "plugin", { name: "Relay", smtpHost: "smtp.example.com", smtpPort: 587, senderAddress: "alerts@example.com" });
  Policy.attach(stack);
  app.synth();
  console.log(JSON.stringify(Object.keys(require.cache).filter((path) => !before.has(path))));`;

describe("the built library", () => {
  it("loads for a stack neither what speaks to systems nor what checks their answers", () => {
    const outdir = mkdtempSync(join(tmpdir(), "outbound-loading-"));
    const loaded = printed("-e", STACK, outdir) as string[];
    rmSync(outdir, { recursive: true });
    expect(loaded.length).toBeGreaterThan(10);
    const foreign = /node_modules[\\/](zod|axios|nodemailer|imapflow|mailauth)[\\/]|dist[\\/]lib[\\/]http[\\/]client/;
    expect(loaded.filter((path) => foreign.test(path))).toEqual([]);
  });

  it.each([
    ["cdktf-provider-outbound", "cdktf"],
    ["cdktf-provider-outbound/cdktn", "cdktn"],
  ])("says at the import of %s that %s is missing, before anything of it is used", (entry, library) => {
    const program = `
      const Module = require("node:module");
      const resolve = Module._resolveFilename;
      Module._resolveFilename = function (name, ...more) {
        if (name !== "${library}") return resolve.call(this, name, ...more);
        throw Object.assign(new Error("Cannot find module '${library}'"), { code: "MODULE_NOT_FOUND" });
      };
      require("${entry}");`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toContain(`The package ${library} is not installed`);
  });

  const CONSTRUCTS = ["AlertMail", "OutboundProvider", "Policy", "VropsEmailPlugin"];
  it.each([
    [".", CONSTRUCTS],
    ["./cdktn", CONSTRUCTS],
    ["./sandbox", ["startSandbox"]],
    ["./terraform-plugin", ["serve"]],
  ])("shows the same names to import and to require: %s", (entry, some) => {
    const name = entry.replace(".", "cdktf-provider-outbound");
    const required = printed("-p", `JSON.stringify(Object.keys(require("${name}")).sort())`) as string[];
    const text = `import * as all from "${name}"; console.log(JSON.stringify(Object.keys(all).sort()));`;
    const imported = printed("--input-type=module", "-e", text) as string[];
    const own = imported.filter((one) => !["default", "module.exports", "__esModule"].includes(one));
    expect(own).toEqual(required);
    expect(own).toEqual(expect.arrayContaining(some));
  });
});
