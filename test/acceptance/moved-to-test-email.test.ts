import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NULL_SOURCE, PROVIDER_SOURCE } from "../../lib/package/identity";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

// What sent a mail by a provisioner becomes a test mail, by a `moved` block.

let sandbox: Sandbox;
let terraform: Terraform;

beforeEach(async () => {
  sandbox = await startSandbox({ systems: [] });
  terraform = new Terraform({ ...sandbox.environment(), SMTP_PASSWORD: sandbox.mail.password }, "started");
}, 60_000);
afterEach(async () => {
  terraform.remove();
  await sandbox.close();
});

function write(blocks: string): void {
  const text = `
terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}" }
    null     = { source = "${NULL_SOURCE}" }
  }
}
${blocks}`;
  writeFileSync(join(terraform.directory, "main.tf"), text);
}

const testEmail = (triggers: string) => `
ephemeral "outbound_environment" "password" { name = "SMTP_PASSWORD" }
resource "outbound_test_email" "relay" {
  smtp_host      = "${sandbox.mail.startTls.host}"
  smtp_port      = ${sandbox.mail.startTls.port}
  username       = "${sandbox.mail.user}"
  password_wo    = ephemeral.outbound_environment.password.value
  ca_certificate = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address   = "alerts@example.com"
  to             = ["oncall@example.com"]
  triggers       = ${triggers}
}`;
const moved = (from: string, to = "outbound_test_email.relay") => `moved {\n  from = ${from}\n  to = ${to}\n}`;

const provisioner = (when: string) => `provisioner "local-exec" {\n${when}\ncommand = "echo done >> provisioned"\n}`;

it.each([
  ["null_resource", `triggers = { server = "relay" }\n${provisioner("when = destroy")}`],
  ["terraform_data", `triggers_replace = { server = "relay" }\n${provisioner("when = destroy")}`],
])(
  "a %s moves: its triggers stay, and the test that was never made is made once",
  async (type, body) => {
    const before = `${type}.notify`;
    write(`resource "${type}" "notify" {\n${body}\n}`);
    await terraform.init();
    await terraform.applied();

    write(`${testEmail('{ server = "relay" }')}\n${moved(before)}`);
    const plan = await terraform.plan();
    expect(plan.actions).toEqual(["delete+create outbound_test_email.relay"]);
    const [change] = plan.json.resource_changes as unknown as {
      previous_address: string;
      change: { before: Record<string, unknown> };
    }[];
    expect(change).toMatchObject({
      previous_address: before,
      change: { before: { triggers: { server: "relay" }, password_wo: null, ok: false } },
    });
    expect(sandbox.inbox.messages).toHaveLength(0);

    await terraform.applied();
    expect(sandbox.inbox.messages).toHaveLength(1);
    expect(terraform.attributes("outbound_test_email.relay")).toMatchObject({
      ok: true,
      smtp_port: sandbox.mail.startTls.port,
    });
    expect((await terraform.plan()).actions).toEqual([]);
  },
  60_000,
);

it("anything else is refused, with what can be moved", async () => {
  write(`resource "null_resource" "notify" {}\nresource "terraform_data" "notify" {}`);
  await terraform.init();
  await terraform.applied();
  const rule = `
resource "outbound_vrops_plugin" "p" {
  plugin_type_id = "T"
  name           = "n"
}`;
  write(`${rule}\nresource "terraform_data" "notify" {}\n${moved("null_resource.notify", "outbound_vrops_plugin.p")}`);
  const { code, output } = await terraform.tryPlan();
  expect(code).toBe(1);
  expect(words(output)).toContain("null_resource cannot become outbound_vrops_plugin");
  expect(words(output)).toContain("Expected: outbound_vrops_plugin What to do");
}, 60_000);
