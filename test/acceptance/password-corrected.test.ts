import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

// The most usual mistake: a wrong password in the environment, put right there after the first deployment has failed.

let sandbox: Sandbox;
let terraform: Terraform;

const write = (password: "wrong" | "right", version: number) => {
  const { host, port } = sandbox.mail.startTls;
  terraform.write(`
locals {
  password = ${password === "right" ? `"${sandbox.mail.password}"` : '"not-the-password"'}
}
resource "outbound_ovh_vrops_flow" "smtp" {
  service_name = "${sandbox.environment()["OUTBOUND_SANDBOX_SERVICE"]}"
  ip           = "${host}"
  port         = ${port}
}
resource "outbound_vrops_email_plugin" "smtp" {
  name                           = "Prod SMTP"
  smtp_host                      = "${host}"
  smtp_port                      = ${port}
  security                       = "starttls"
  username                       = "${sandbox.mail.user}"
  password_wo                    = local.password
  password_wo_version            = ${version}
  sender_address                 = "alerts@example.com"
  trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"
  depends_on                     = [outbound_ovh_vrops_flow.smtp]
}
resource "outbound_test_email" "chain" {
  smtp_host           = "${host}"
  smtp_port           = ${port}
  username            = "${sandbox.mail.user}"
  password_wo         = local.password
  password_wo_version = ${version}
  ca_certificate      = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address        = "alerts@example.com"
  to                  = ["oncall@example.com"]
  via                 = [{ system = "vrops", id = outbound_vrops_email_plugin.smtp.id }]
}`);
};

beforeAll(async () => {
  sandbox = await startSandbox();
  terraform = new Terraform(sandbox.environment());
  write("wrong", 1);
  await terraform.init();
}, 60_000);
afterAll(async () => {
  terraform?.remove();
  await sandbox?.close();
});

it("is told with what to write where, each time until all of it is right", async () => {
  const wrong = words((await terraform.apply()).output);
  expect(wrong).toContain("The test mail failed at AUTH: The server refused user and password");
  expect(wrong).toContain("raise `password_wo_version` after changing it");

  // The platform has kept the wrong one: Terraform cannot see a write-only value change.
  write("right", 1);
  const half = words((await terraform.apply()).output);
  expect(half).not.toContain("The test mail failed at AUTH");
  expect(half).toMatch(/vrops test \S+: The SMTP server refused vROps: The server refused user and password/);
  expect(half).toContain("raise `password_wo_version` after changing it");

  write("right", 2);
  await terraform.applied();
  expect(terraform.attributes("outbound_test_email.chain")).toMatchObject({ ok: true });
  expect((await terraform.plan()).actions).toEqual([]);
}, 120_000);
