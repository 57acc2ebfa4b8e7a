import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import type { InitialSurroundings } from "../../lib/cli/surroundings";
import { constructClasses } from "../../lib/import/classes";
import { importDocument } from "../../lib/import/document";
import { writeHcl } from "../../lib/import/hcl";
import { writeTypeScript } from "../../lib/import/typescript";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { vrops } from "../../lib/systems/vrops";
import type { InventoryItem } from "../../lib/systems/kit/inventory";
import { Terraform, words } from "./support/terraform";

const CHECKOUT = resolve(__dirname, "../..");

/** Makes by Terraform, and then forgets, what a person would have made by hand. */
const BY_HAND = `
resource "outbound_ovh_vrops_flow" "relay" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  description  = "SMTP relay"
}
resource "outbound_ovh_vrops_flow" "spare" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.26"
  port         = 465
  description  = "SMTP relay"
}
resource "outbound_vrops_email_plugin" "mail" {
  name           = "Prod \\"SMTP\\""
  description    = "costs 5 $\${not a reference}"
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = "correct horse"
  sender_address = "alerts@example.com"
  enabled        = false
}
resource "outbound_vrops_notification_rule" "all" {
  name           = "On call"
  plugin_id      = outbound_vrops_email_plugin.mail.id
  receivers      = ["oncall@example.com", "ada@example.com"]
  criticalities  = ["CRITICAL", "IMMEDIATE"]
  delay_minutes  = 5
  resource_kinds = [
    { adapter_kind = "VMWARE", resource_kind = "Datastore" },
    { adapter_kind = "VMWARE", resource_kind = "VirtualMachine" },
  ]
}
resource "outbound_uipath_tenant_mail" "this" {
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
  username       = "alerts"
  password_wo    = "correct horse"
}
resource "outbound_uipath_system_mail" "this" {
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}
resource "outbound_uptrends_alert_definition" "prod" {
  name = "Prod - on-call"
}
data "outbound_uptrends_integration" "mail" {
  name = "Email"
  type = "Email"
}
resource "outbound_uptrends_integration_attachment" "mail" {
  alert_definition_id   = outbound_uptrends_alert_definition.prod.id
  level                 = 1
  integration_id        = data.outbound_uptrends_integration.mail.id
  extra_email_addresses = ["oncall@example.com"]
}
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
  type = "GenericWebhook"
}
resource "outbound_uptrends_integration_attachment" "alertops" {
  alert_definition_id = outbound_uptrends_alert_definition.prod.id
  level               = 1
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = "https://notify.example.com/POSTAlert/0123456789abcdef/Uptrends" }
}
resource "outbound_uipath_webhook" "this" {
  name   = "Failed jobs"
  url    = "https://hooks.example.com/orchestrator"
  events = ["job.faulted"]
}
resource "outbound_alertops_inbound_integration" "uptrends" {
  name = "Uptrends prod"
}
`;

describe("outbound import", () => {
  let sandbox: Sandbox;
  let directory: string;
  const secrets = {
    TF_VAR_prod_smtp_password: "correct horse",
    TF_VAR_production_tenant_mail_password: "correct horse",
    TF_VAR_prod_on_call_level_1_alert_ops_prod_api_url:
      "https://notify.example.com/POSTAlert/0123456789abcdef/Uptrends",
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 7 });
    const terraform = new Terraform(sandbox.environment());
    terraform.write(BY_HAND);
    await terraform.init();
    await terraform.applied();
    terraform.remove();
    directory = mkdtempSync(join(tmpdir(), "outbound-import-"));
  }, 120_000);

  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await sandbox?.close();
  });

  const outbound = async (...args: string[]) => {
    const lines: string[] = [];
    const errors: string[] = [];
    const surroundings: InitialSurroundings = {
      out: (line) => lines.push(line),
      err: (line) => errors.push(line),
      environment: { PATH: process.env["PATH"], ...sandbox.environment() },
      homeDirectory: directory,
      workingDirectory: directory,
      nodeVersion: process.versions.node,
      platform: process.platform,
      interrupted: new AbortController().signal,
    };
    const code = await runCommandLine(["import", ...args], surroundings);
    return { code, out: lines.join("\n"), err: errors.join("\n") };
  };
  const everything = ["--ovh-service", "pcc-192-0-2-10"];

  it("lists what exists and only reads", async () => {
    sandbox.requests.clear();
    const { code, out } = await outbound("--list", ...everything);
    expect(code).toBe(0);
    expect(out).toContain("flows of pcc-192-0-2-10: 2");
    expect(out).toContain("mail settings of the host: unknown (this login may not see them)");
    const written = sandbox.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && !/token/.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect(written).toEqual([]);
    expect(sandbox.requests.list().length).toBeGreaterThan(5);
  }, 60_000);

  it("writes HCL that is formatted and adopts everything: nothing to add, change or destroy", async () => {
    const { code, err } = await outbound("--hcl", "--out", "imported.tf", ...everything);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("TF_VAR_prod_smtp_password") as string });
    const text = readFileSync(join(directory, "imported.tf"), "utf8");
    const terraform = new Terraform({ ...sandbox.environment(), ...secrets });
    try {
      writeFileSync(join(terraform.directory, "main.tf"), text);
      expect((await terraform.run("fmt", "-check", "-diff")).stdout).toBe("");
      await terraform.init();
      const plan = await terraform.plan();
      expect(words(plan.text)).toContain("0 to add, 0 to change, 0 to destroy");
      expect(plan.imports).toHaveLength(text.match(/^import \{/gm)?.length ?? Number.NaN);
      expect(plan.imports.length).toBeGreaterThanOrEqual(9);
      expect(plan.actions).toEqual([]);
      await terraform.applied();
      expect((await terraform.plan()).actions).toEqual([]);
    } finally {
      terraform.remove();
    }
  }, 120_000);

  it("does not overwrite a file", async () => {
    const { code, err } = await outbound("--hcl", "--out", "imported.tf", ...everything);
    expect(code).toBe(1);
    expect(err).toContain("import/file-exists");
  });

  it("writes a TypeScript stack that is formatted, compiles, and adopts everything", async () => {
    const { code } = await outbound("--out", "imported.ts", ...everything);
    expect(code).toBe(0);
    const file = join(directory, "imported.ts");
    const text = readFileSync(file, "utf8");
    const prettier = join(CHECKOUT, "node_modules/prettier/bin/prettier.cjs");
    expect(await run([prettier, "--check", "--print-width", "120", file], directory)).toMatchObject({ code: 0 });
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
    // What is as it is by default needs no words.
    expect(text).not.toMatch(/Version|adoptExisting|allowInsecureSsl/);

    linkPackages(directory);
    const types = await run(
      [
        join(CHECKOUT, "node_modules/typescript/bin/tsc"),
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--module",
        "node16",
        "--target",
        "es2022",
        file,
      ],
      directory,
    );
    expect(types.output).toBe("");
    const synth = await run([join(CHECKOUT, "node_modules/tsx/dist/cli.mjs"), file], directory);
    expect(synth).toEqual({ code: 0, output: expect.any(String) as string });

    const terraform = new Terraform({ ...sandbox.environment(), ...secrets });
    try {
      terraform.copy(join(directory, "cdktf.out/stacks/outbound-imported"));
      await terraform.init();
      const plan = await terraform.plan();
      expect(words(plan.text)).toContain("0 to add, 0 to change, 0 to destroy");
      expect(plan.actions).toEqual([]);
      expect(plan.imports).toHaveLength(text.match(/importFrom\(/g)?.length ?? Number.NaN);
      expect(plan.imports.length).toBeGreaterThanOrEqual(9);
    } finally {
      terraform.remove();
    }
  }, 180_000);

  it("calls unknown what it was refused, and says so with its exit code", async () => {
    sandbox.faults.add({
      method: "GET",
      path: "/**/alertplugins",
      effect: { kind: "status", status: 403 },
      times: "always",
    });
    const { code, out } = await outbound("--list", "--system", "vrops");
    expect(code).toBe(1);
    expect(out).toContain("e-mail plugins: unknown");
    expect(out).not.toContain("e-mail plugins: none");
  });

  it.each([
    [["--system", "vrop", "--list"], "Did you mean vrops?"],
    [["--stack", "1 bad", "--list"], "cli/bad-option"],
  ])("refuses %j", async (args, expected) => {
    const { code, err } = await outbound(...args);
    expect(code).not.toBe(0);
    expect(err).toContain(expected);
  });
});

/** Names and keys that a vendor's users chose, and that want to be more than texts. */
describe("outbound import of hostile names", () => {
  const settings = {
    '${file("secret.txt")}': '${file("secret.txt")}',
    '%{for a in ["x"]}${a}%{endfor}': "y",
    __proto__: "kept",
    constructor: "kept too",
    "${TfToken[TOKEN.0]}": "no token ${TfToken[TOKEN.1]} #{TfToken[TOKEN.2]}",
    "bell\b\f\u202e\u{e0041}": "\u2028 \u200b",
  };
  // A literal would set the prototype.
  const hostile = new Map(Object.entries(settings)).set("__proto__", "kept");
  const item: InventoryItem = {
    type: "outbound_vrops_plugin",
    importId: "p-1",
    name: "constructor",
    attributes: { plugin_type_id: "Slack", name: "constructor", config_values: Object.fromEntries(hostile) },
    secrets: ["api_token", "apiToken", "\u202e", "${x}", "toString"].map((key) => ({
      attribute: "sensitive_config_values_wo",
      key,
      purpose: '${file("secret.txt")}',
    })),
    receivers: [],
  };
  const document = importDocument(
    [item],
    vrops.resources.map(({ schema }) => schema),
  );

  it("writes texts: Terraform evaluates none of them, in HCL and through CDKTF", async () => {
    const terraform = new Terraform();
    const folder = mkdtempSync(join(tmpdir(), "outbound-import-"));
    try {
      const hcl = writeHcl(document);
      expect(hcl).not.toMatch(/[\u202e\u2028\u200b]/);
      const settingsInHcl = /config_values = (\{[^]*?\n {2}\})/.exec(hcl)?.[1];
      const program = join(folder, "imported.ts");
      const text = writeTypeScript(document, {
        classes: await constructClasses("cdktf"),
        stack: "s",
        library: "cdktf",
        from: "cdktf-provider-outbound",
      });
      expect(text).not.toMatch(/[\u202e\u2028\u200b]/);
      writeFileSync(program, text);
      linkPackages(folder);
      expect(await run([join(CHECKOUT, "node_modules/tsx/dist/cli.mjs"), program], folder)).toMatchObject({ code: 0 });
      const synthesized = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/s/cdk.tf.json"), "utf8")) as {
        resource: Record<string, Record<string, { config_values: unknown; sensitive_config_values_wo: object }>>;
        variable: object;
      };
      const [[label, resource]] = Object.entries(synthesized.resource["outbound_vrops_plugin"]!) as [[string, never]];
      expect(label).toBe("constructor-plugin");
      const { config_values: settingsInJson, sensitive_config_values_wo: secrets } =
        resource as (typeof synthesized)["resource"][string][string];
      expect(Object.keys(secrets)).toHaveLength(5);
      expect(Object.keys(synthesized.variable)).toHaveLength(5);

      writeFileSync(join(terraform.directory, "secret.txt"), "a local file");
      writeFileSync(join(terraform.directory, "main.tf"), `output "hcl" {\n  value = ${settingsInHcl}\n}\n`);
      writeFileSync(
        join(terraform.directory, "cdk.tf.json"),
        JSON.stringify({ output: { json: { value: settingsInJson } } }),
      );
      await terraform.init();
      await terraform.applied();
      const { stdout } = await terraform.run("output", "-json");
      const { hcl: fromHcl, json: fromJson } = JSON.parse(stdout) as Record<string, { value: object }>;
      const expected = [...hostile].sort();
      expect(Object.entries(fromHcl!.value).sort()).toEqual(expected);
      expect(Object.entries(fromJson!.value).sort()).toEqual(expected);
    } finally {
      terraform.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it.each(["a b", '${file("x")}', "a\nb", "", "a;b"])("leaves out what has the id %j", (importId) => {
    const { objects, leftOut } = importDocument(
      [{ ...item, importId }],
      vrops.resources.map(({ schema }) => schema),
    );
    expect(objects).toEqual([]);
    expect(leftOut).toMatchObject([{ reason: expect.stringContaining("id") as string }]);
  });
});

/** As `npm install` would leave it. */
function linkPackages(project: string): void {
  const modules = join(project, "node_modules");
  if (existsSync(modules)) return;
  mkdirSync(modules);
  for (const name of ["cdktf", "constructs"]) symlinkSync(join(CHECKOUT, "node_modules", name), join(modules, name));
  symlinkSync(CHECKOUT, join(modules, "cdktf-provider-outbound"));
}

function run(args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.on("error", reject);
    child.on("close", (code) => settle({ code, output }));
  });
}
