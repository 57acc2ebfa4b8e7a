import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";

const ADDRESS = "outbound_smtp_probe.this";

describe("outbound_smtp_probe", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  const write = (to: string, port = sandbox.mail.startTls.port) =>
    terraform.write(`
data "outbound_smtp_probe" "this" {
  smtp_host            = "${sandbox.mail.startTls.host}"
  smtp_port            = ${port}
  username             = "${sandbox.mail.user}"
  password_environment = "SMTP_PASSWORD"
  ca_certificate       = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address         = "alerts@example.com"
  to                   = ["${to}"]
}
output "verdict" {
  value = data.outbound_smtp_probe.this.verdict
}`);

  beforeAll(async () => {
    sandbox = await startSandbox({ systems: [] });
    terraform = new Terraform(sandbox.environment());
    write("oncall@example.com");
    await terraform.init();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("walks up to the receivers with its defaults, sends nothing, and a second plan is empty", async () => {
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: true,
      security: "starttls",
      timeout_seconds: 60,
      verdict: expect.stringMatching(/^reachable: /),
    });
    expect(sandbox.inbox.messages).toEqual([]);
    const { output } = await terraform.applied();
    expect(output).toContain("No changes.");
  }, 60_000);

  it("never fails the run: it says where the way ends", async () => {
    write("unknown@example.com");
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: false,
      verdict: expect.stringMatching(/^failed at RCPT unknown@example\.com: /),
    });
  }, 60_000);

  it("has no password in the state", async () => {
    expect(terraform.stateText()).toContain("SMTP_PASSWORD");
    expect(terraform.stateText()).not.toContain(sandbox.mail.password);
  });
});
