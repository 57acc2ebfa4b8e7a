import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { pluginsIn, rulesIn } from "./support/vrops-state";

// The ways in which releases of vROps differ, with the real terraform over each of them.

let sandbox: Sandbox;
let terraform: Terraform;
afterEach(async () => {
  terraform?.remove();
  await sandbox?.close();
});

async function begin(vrops: Record<string, unknown>): Promise<void> {
  sandbox = await startSandbox({ options: { vrops } });
  terraform = new Terraform(sandbox.environment());
  const { host, port } = sandbox.mail.startTls;
  sandbox.network.open(sandbox.environment()["OUTBOUND_SANDBOX_SERVICE"]!, host, port);
}

const plugin = (more: string, login = true) => `
resource "outbound_vrops_email_plugin" "smtp" {
  name           = "Prod SMTP"
  smtp_host      = "${sandbox.mail.startTls.host}"
  smtp_port      = ${sandbox.mail.startTls.port}
  sender_address = "alerts@example.com"
  ${login ? `username = "${sandbox.mail.user}"\n  password_wo = "${sandbox.mail.password}"` : ""}
  trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"
  ${more}
}
resource "outbound_vrops_notification_rule" "critical" {
  name          = "Critical alerts"
  plugin_id     = outbound_vrops_email_plugin.smtp.id
  receivers     = ["oncall@example.com"]
  criticalities = ["CRITICAL"]
}`;

it.each([["9.0", "objects"]])(
  "a login that %s does not keep (%s) is an error that says what to do, and doing it ends in an empty plan",
  async (version, credentials) => {
    await begin({ version, credentials });
    terraform.write(plugin(""));
    await terraform.init();
    const failed = await terraform.apply();
    expect(failed.code).toBe(1);
    expect(words(failed.output)).toContain("does not keep user name and password as settings of the plugin");
    expect(words(failed.output)).toContain("Credential Type");
    expect(words(failed.output)).toContain("may not be kept");
    expect(failed.output).not.toContain(sandbox.mail.password);
    expect(pluginsIn(sandbox)).toEqual([]);

    terraform.write(plugin("", false));
    await terraform.applied();
    await sandbox.intervene("vrops", "give-credential", {
      userName: sandbox.mail.user,
      password: sandbox.mail.password,
    });
    expect((await terraform.plan()).actions).toEqual([]);
    terraform.write(plugin('sender_name = "Alarms"', false));
    await terraform.applied();
    await sandbox.intervene("vrops", "raise-alert");
    expect(sandbox.inbox.messages).toMatchObject([{ user: sandbox.mail.user, to: ["oncall@example.com"] }]);
    await terraform.destroyed();
    expect(rulesIn(sandbox)).toEqual([]);
  },
  120_000,
);

it.each([
  [{ version: "9.0", certificates: "guid-details" }],
  [{ version: "9.1", certificates: "guid-pem", ruleProperties: "described" }],
  [{ version: "8.18.3", userSource: "Workspace ONE", username: "svc@example.com" }],
  [{ version: "8.10", userSource: "All vCenters", username: "svc@vsphere.local" }],
])(
  "deploys, plans nothing the second time, and mails, in %j",
  async (options) => {
    await begin(options);
    const copies = !options.version.startsWith("8.");
    const configured = plugin("").replace(
      'criticalities = ["CRITICAL"]',
      `criticalities = ["CRITICAL"]${copies ? '\n  cc_receivers = ["boss@example.com"]\n  description = "Call them"' : ""}`,
    );
    terraform.write(configured);
    await terraform.init();
    await terraform.applied();
    expect((await terraform.plan()).actions).toEqual([]);
    await sandbox.intervene("vrops", "raise-alert");
    expect(sandbox.inbox.messages).toMatchObject([{ user: sandbox.mail.user }]);
    const to = copies ? ["boss@example.com", "oncall@example.com"] : ["oncall@example.com"];
    expect([...sandbox.inbox.messages[0]!.to].sort()).toEqual(to);
    await terraform.destroyed();
    expect(pluginsIn(sandbox)).toEqual([]);
  },
  120_000,
);
