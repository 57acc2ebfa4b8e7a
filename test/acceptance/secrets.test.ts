import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";

/** Every file and every line of a run, TF_LOG=trace included, is searched for the secrets that went through it. */
describe("secrets", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox({ options: { vrops: { secretReadBack: "echoed" } } });
    terraform = new Terraform({ ...sandbox.environment(), TF_LOG: "trace" }, "started");
    terraform.write(`
ephemeral "outbound_environment" "smtp_password" {
  name = "SMTP_PASSWORD"
}
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "${sandbox.mail.startTls.host}"
  port         = ${sandbox.mail.startTls.port}
}
resource "outbound_vrops_email_plugin" "this" {
  name           = "Prod SMTP"
  smtp_host      = outbound_ovh_vrops_flow.this.ip
  smtp_port      = outbound_ovh_vrops_flow.this.port
  username       = "${sandbox.mail.user}"
  password_wo    = ephemeral.outbound_environment.smtp_password.value
  sender_address = "alerts@example.com"
  trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"
}
resource "outbound_test_email" "this" {
  smtp_host      = outbound_ovh_vrops_flow.this.ip
  smtp_port      = outbound_ovh_vrops_flow.this.port
  username       = "${sandbox.mail.user}"
  password_wo    = ephemeral.outbound_environment.smtp_password.value
  ca_certificate = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address   = "alerts@example.com"
  to             = ["oncall@example.com"]
  via            = [{ system = "vrops", id = outbound_vrops_email_plugin.this.id }]
}`);
    await terraform.init();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("are in no state, no plan and no log", async () => {
    const secrets = Object.entries(sandbox.environment())
      .filter(([name]) => /PASSWORD|SECRET|_KEY$|TOKEN/.test(name) && name !== "OVH_APPLICATION_KEY")
      .map(([, value]) => value);
    expect(secrets).toEqual(expect.arrayContaining([sandbox.mail.password]));

    const plan = await terraform.plan();
    const applied = await terraform.applied();
    const again = await terraform.tryPlan();
    const failing = await terraform.apply("-replace=outbound_test_email.this");
    const written = [plan.text, applied.output, again.output, failing.output, ...filesBelow(terraform.directory)].join(
      "\n",
    );

    // The provider did log, and what it logs went through the search.
    expect(applied.output).toContain("outbound");
    for (const secret of secrets) expect(leak(written, secret)).toBeUndefined();
  }, 120_000);
});

/** Where a secret stands in clear, in base64 or URL-encoded; the password of AUTH PLAIN is base64 of user and password. */
function leak(text: string, secret: string): string | undefined {
  for (const form of [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)]) {
    const at = text.indexOf(form);
    if (at !== -1) return `…${text.slice(Math.max(0, at - 120), at)}HERE`;
  }
  return undefined;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("terraform-provider"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
