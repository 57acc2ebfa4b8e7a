import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

  it("becomes a project of its own around the checkout's reference stack", () => {
    for (const path of ["stacks/main.ts", "node_modules/tsx/dist/cli.mjs"]) {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      writeFileSync(join(checkout, path), "");
    }
    workspace.prepare(checkout);
    const { app, sendCrashReports } = JSON.parse(readFileSync(join(workspace.directory, "cdktf.json"), "utf8"));
    expect(app).toContain(JSON.stringify(join(checkout, "stacks/main.ts")));
    expect(sendCrashReports).toBe("false");
    expect(existsSync(join(workspace.directory, "terraform.rc"))).toBe(true);
  });

  it("says that it needs a checkout where there is none", () => {
    expect(() => workspace.prepare(checkout)).toThrow("cli/demo-needs-checkout");
  });

  it("is gone afterwards", () => {
    workspace.remove();
    expect(existsSync(workspace.directory)).toBe(false);
  });
});
