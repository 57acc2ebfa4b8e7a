import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Workspace } from "../../../lib/cli/demo/workspace";

describe("the demo's working directory", () => {
  let workspace: Workspace;
  let checkout: string;
  const inherited = {
    PATH: "/usr/bin",
    HOME: "/home/someone",
    TERRAFORM_BINARY_NAME: "tofu",
    OVH_APPLICATION_SECRET: "the real one",
    VROPS_PASSWORD: "the real one",
    HTTPS_PROXY: "http://proxy.example.com",
    TF_CLI_ARGS: "-refresh=false",
    TF_CLI_CONFIG_FILE: "/home/someone/.terraformrc",
  };
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), "checkout-"));
    const sandbox = { OVH_ENDPOINT: "http://127.0.0.1:1/1.0", VROPS_PASSWORD: "sandbox" };
    workspace = new Workspace("run-1", inherited, sandbox, { script: "/cli/cdktn.js" });
  });
  afterEach(() => {
    workspace.remove();
    rmSync(checkout, { recursive: true });
  });

  it("lets in what the tools need, and keeps real credentials, proxies and Terraform settings out", () => {
    const { environment } = workspace;
    expect(environment).toMatchObject({
      HOME: "/home/someone",
      TERRAFORM_BINARY_NAME: "tofu",
      OVH_ENDPOINT: "http://127.0.0.1:1/1.0",
      VROPS_PASSWORD: "sandbox",
      OUTBOUND_DEMO_RUN: "run-1",
    });
    for (const name of ["OVH_APPLICATION_SECRET", "HTTPS_PROXY", "TF_CLI_ARGS"])
      expect(environment).not.toHaveProperty(name);
    expect(environment["TF_CLI_CONFIG_FILE"]).toBe(join(workspace.directory, "terraform.rc"));
    expect(environment["PATH"]).toBe(`${dirname(process.execPath)}:/usr/bin`);
  });

  it("becomes a project of its own around a program of the package", () => {
    workspace.prepare(checkout, "/tsx/cli.mjs");
    const { app, sendCrashReports } = JSON.parse(readFileSync(join(workspace.directory, "cdktf.json"), "utf8"));
    expect(app).toBe(
      [process.execPath, "/tsx/cli.mjs", join(checkout, "stacks/main.ts")].map((word) => `"${word}"`).join(" "),
    );
    expect(sendCrashReports).toBe("false");
    expect(existsSync(join(workspace.directory, "terraform.rc"))).toBe(true);
  });

  it("becomes a project of a program of its own, with the packages that it imports beside it", () => {
    const root = resolve(__dirname, "../../..");
    workspace.prepare(root, "/tsx/cli.mjs");
    workspace.useProgram("production.ts");
    const { app } = JSON.parse(readFileSync(join(workspace.directory, "cdktf.json"), "utf8"));
    expect(app).toContain(join(workspace.directory, "production.ts"));
    for (const name of ["cdktf", "constructs", "cdktf-provider-outbound"])
      expect(existsSync(join(workspace.directory, "node_modules", name, "package.json"))).toBe(true);
  });

  it("is gone afterwards", () => {
    workspace.remove();
    expect(existsSync(workspace.directory)).toBe(false);
  });
});
