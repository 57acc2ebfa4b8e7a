import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { startNameServer, type NameServer } from "../support/name-server";
import { Terraform } from "./support/terraform";

const ADDRESS = "outbound_smtp_probe.this";

describe("outbound_smtp_probe", () => {
  let sandbox: Sandbox;
  let names: NameServer;
  let terraform: Terraform;

  const write = (to: string, extra = "", port = sandbox.mail.startTls.port) =>
    terraform.write(`
data "outbound_smtp_probe" "this" {
  smtp_host            = "${sandbox.mail.startTls.host}"
  smtp_port            = ${port}
  username             = "${sandbox.mail.user}"
  password_environment = "SMTP_PASSWORD"
  ca_certificate       = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address         = "alerts@example.com"
  to                   = ["${to}"]
  ${extra}
}
output "verdict" {
  value = data.outbound_smtp_probe.this.verdict
}`);

  beforeAll(async () => {
    sandbox = await startSandbox({ systems: [] });
    names = await startNameServer({
      "example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
      "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] },
    });
    terraform = new Terraform(sandbox.environment());
    write("oncall@example.com");
    await terraform.init();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
    await names?.close();
  });

  it("walks up to the receivers with its defaults, sends nothing, and a second plan is empty", async () => {
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: true,
      security: "starttls",
      timeout_seconds: 60,
      verdict: expect.stringMatching(/^reachable: /),
      receivers: [{ address: "oncall@example.com", status: "accepted", attempts: 1, remedy: null }],
      certificate_expires_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
      alignment: null,
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
      receivers: [{ address: "unknown@example.com", status: "refused", remedy: expect.any(String) }],
    });
  }, 60_000);

  it("judges the sender's domain by what DNS alone tells", async () => {
    const judged = (ip: string) => `
  dns_servers = ["${names.address}"]
  alignment   = { source_ips = ["${ip}"], require = ["dmarc"] }`;
    write("oncall@example.com", judged("198.51.100.7"));
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: false,
      verdict: expect.stringMatching(/^failed at DMARC: /),
    });
    write("oncall@example.com", judged("203.0.113.25"));
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: true,
      stages: expect.arrayContaining([expect.objectContaining({ name: "SPF", status: "passed" })]),
    });
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("has no password in the state", async () => {
    expect(terraform.stateText()).toContain("SMTP_PASSWORD");
    expect(terraform.stateText()).not.toContain(sandbox.mail.password);
  });
});
