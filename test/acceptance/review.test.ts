import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";

// Review and apply-reviewed with the real terraform: the directory looks as `cdktf synth` leaves it.

let sandbox: Sandbox;
let terraform: Terraform;

beforeEach(async () => {
  sandbox = await startSandbox();
  terraform = new Terraform({ ...sandbox.environment(), TF_VAR_smtp_password: sandbox.mail.password });
});
afterEach(async () => {
  terraform.remove();
  await sandbox.close();
});

function declare(receivers: readonly string[], flow: boolean): void {
  const { host, port } = sandbox.mail.startTls;
  terraform.write(`
provider "outbound" {}
variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}
${flow ? `resource "outbound_ovh_vrops_flow" "smtp" {\n  service_name = "pcc-192-0-2-10"\n  ip = "${host}"\n  port = ${port}\n}` : ""}
resource "outbound_vrops_email_plugin" "smtp" {
  name           = "Prod SMTP"
  smtp_host      = "${host}"
  smtp_port      = ${port}
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"
  trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"
  ${flow ? "depends_on = [outbound_ovh_vrops_flow.smtp]" : ""}
}
resource "outbound_vrops_notification_rule" "all" {
  name      = "All alerts"
  plugin_id = outbound_vrops_email_plugin.smtp.id
  receivers = ${JSON.stringify(receivers)}
}
`);
}

async function outbound(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_)/.test(name));
  const code = await runCommandLine([...argv, "--output", "."], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: {
      ...Object.fromEntries(inherited),
      ...sandbox.environment(),
      TF_VAR_smtp_password: sandbox.mail.password,
    },
    homeDirectory: terraform.directory,
    workingDirectory: terraform.directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

it("a first deployment, a harmful change and a mere rename are reviewed; only what was reviewed is applied", async () => {
  const manifest = { stacks: { prod: { workingDirectory: ".", synthesizedStackPath: "cdk.tf.json" } } };
  writeFileSync(join(terraform.directory, "manifest.json"), JSON.stringify(manifest));
  mkdirSync(join(terraform.directory, "unrelated"));
  declare(["oncall@example.com", "boss@example.com"], true);

  const first = await outbound("review", "prod", "--json", "first.json");
  expect([first.code, first.err]).toEqual([0, expect.stringContaining("prod: 3 to add")]);
  const applied = await outbound("apply-reviewed", "prod", "--review", "first.json");
  expect([applied.code, applied.out, applied.err]).toEqual([
    0,
    "Apply complete! Resources: 3 added, 0 changed, 0 destroyed.",
    expect.any(String),
  ]);
  expect(sandbox.network.list()).toHaveLength(1);

  declare(["oncall@example.com"], false);
  const harmful = await outbound("review", "prod");
  expect(harmful.out).toContain("## ⛔ prod: stops alerts: 1 to destroy, 1 to change");
  expect(harmful.out).toContain("🔴 closed | pcc-192-0-2-10");
  expect(harmful.out).toContain("~~boss@example.com~~");
  expect(harmful.out).not.toContain(sandbox.mail.password);

  const refused = await outbound("apply-reviewed", "prod", "--review", "first.json");
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("review/another-plan")]);
  expect(refused.err).toContain("planned otherwise: outbound_ovh_vrops_flow.smtp");
  expect(sandbox.network.list()).toHaveLength(1);

  declare(["oncall@example.com", "boss@example.com"], true);
  const type = "outbound_vrops_email_plugin";
  const renamed = terraform.mainText().replace(`"${type}" "smtp"`, `"${type}" "relay"`);
  writeFileSync(join(terraform.directory, "main.tf"), renamed.replaceAll(`${type}.smtp`, `${type}.relay`));
  const moved = await outbound("review", "prod");
  expect(moved.out).toContain("is moved, not removed");
  expect(moved.out).toContain(`moved {\n  from = ${type}.smtp\n  to   = ${type}.relay\n}`);
  // In plain HCL there is no construct to call.
  expect(moved.out).not.toContain("moveFromId");
}, 120_000);
