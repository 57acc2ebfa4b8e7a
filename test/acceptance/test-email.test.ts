import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

const ADDRESS = "outbound_test_email.this";

interface Choice {
  readonly port?: number;
  readonly password?: string;
  readonly to?: string;
  readonly extra?: string;
}

describe("outbound_test_email", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  const write = ({ port, password = "var.smtp_password", to = '["oncall@example.com"]', extra = "" }: Choice = {}) =>
    terraform.write(`
variable "smtp_password" {
  type      = string
  ephemeral = true
}
resource "outbound_test_email" "this" {
  smtp_host      = "${sandbox.mail.startTls.host}"
  smtp_port      = ${port ?? sandbox.mail.startTls.port}
  username       = "${sandbox.mail.user}"
  password_wo    = ${password}
  ca_certificate = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address   = "alerts@example.com"
  to             = ${to}
  ${extra}
}`);
  const messages = () => sandbox.inbox.messages.length;

  beforeAll(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform({ ...sandbox.environment(), TF_VAR_smtp_password: sandbox.mail.password });
    write();
    await terraform.init();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("sends nothing while planning", async () => {
    expect((await terraform.plan()).actions).toEqual([`create ${ADDRESS}`]);
    expect(messages()).toBe(0);
  }, 60_000);

  it("fails the apply with the stage, the server's words and a remedy, and is not believed afterwards", async () => {
    write({ password: '"certainly-not-this"' });
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/AUTH/);
    expect(words(run.output)).toMatch(/535/);
    expect(words(run.output)).toMatch(/What to do: .*password/i);
    expect(messages()).toBe(0);
    // Terraform keeps it as tainted, so the next apply tests again.
    write();
    expect((await terraform.plan()).actions).toEqual([expect.stringMatching(/create outbound_test_email\.this$/)]);
  }, 60_000);

  it("sends one mail, keeps the stages, and a second plan is empty", async () => {
    await terraform.applied();
    expect(messages()).toBe(1);
    const { verdict, stages, message_id, receivers, certificate_expires_at, arrival } = terraform.attributes(ADDRESS);
    expect(receivers).toMatchObject([{ address: "oncall@example.com", status: "accepted", attempts: 1, remedy: null }]);
    expect(Date.parse(certificate_expires_at as string)).toBeGreaterThan(Date.now());
    expect(arrival).toBeNull();
    expect(verdict).toMatch(/^accepted/);
    expect((stages as { name: string }[]).map((stage) => stage.name)).toEqual(
      expect.arrayContaining(["config", "TCP", "TLS", "AUTH", "DATA"]),
    );
    expect(sandbox.inbox.messages[0]).toMatchObject({ messageId: message_id });
    expect((await terraform.plan()).actions).toEqual([]);
    expect(messages()).toBe(1);
  }, 60_000);

  it("tests again when a trigger changes, and says so in the plan", async () => {
    write({ extra: 'triggers = { rerun = "2" }' });
    expect((await terraform.plan()).actions).toEqual([`delete+create ${ADDRESS}`]);
    await terraform.applied();
    expect(messages()).toBe(2);
  }, 60_000);

  it("changes its patience in place, without a mail", async () => {
    write({ extra: 'triggers = { rerun = "2" }\n  timeout_seconds = 90' });
    expect((await terraform.plan()).actions).toEqual([`update ${ADDRESS}`]);
    await terraform.applied();
    expect(messages()).toBe(2);
  }, 60_000);

  it("refuses what cannot be declared, before anything is sent", async () => {
    write({ extra: 'dns_servers = ["dns.example.com"]' });
    expect(words((await terraform.tryPlan()).output)).toContain("does not say where a name server is");
    write({ extra: 'auth_mechanism = "OAUTH"' });
    expect(words((await terraform.tryPlan()).output)).toMatch(/XOAUTH2/);
    write({ extra: 'alignment = { require = ["dkimm"] }' });
    expect(words((await terraform.tryPlan()).output)).toMatch(/Did you mean "dkim"/);
    expect(messages()).toBe(2);
  }, 60_000);

  it("logs in by the mechanism it is told, or says which ones there are", async () => {
    write({ extra: 'auth_mechanism = "CRAM-MD5"' });
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/failed at AUTH: .*CRAM-MD5/);
    write({ extra: 'auth_mechanism = "LOGIN"' });
    await terraform.applied();
    const stages = terraform.attributes(ADDRESS)["stages"] as { name: string; detail: string }[];
    expect(stages.find(({ name }) => name === "AUTH")!.detail).toMatch(/^LOGIN as /);
  }, 60_000);

  it("names each receiver and what became of it", async () => {
    write({ to: '["oncall@example.com", "unknown@example.com"]' });
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(terraform.attributes(ADDRESS)["receivers"]).toMatchObject([
      { address: "oncall@example.com", status: "accepted", remedy: null },
      {
        address: "unknown@example.com",
        status: "refused",
        reply: expect.stringMatching(/^550/),
        remedy: expect.any(String),
      },
    ]);
  }, 60_000);

  it("only warns when told so, and shows the closed port for what it is", async () => {
    write({ port: 1, extra: 'on_failure = "warn"' });
    const run = await terraform.applied();
    expect(words(run.output)).toMatch(/Warning:.*(refused|nobody|listens)/i);
    expect(terraform.attributes(ADDRESS)["ok"]).toBe(false);
  }, 60_000);

  it("refuses to be imported, a mail that was sent being no object", async () => {
    await terraform.forget(ADDRESS);
    const run = await terraform.import(ADDRESS, "anything");
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/What to do: /);
  }, 60_000);

  it("leaves nothing in the state after destroy", async () => {
    await terraform.destroyed();
    expect(terraform.stateText()).not.toContain("outbound_test_email");
  }, 60_000);

  it("tests again when the last test is older than rerun_after, says so, and then not again", async () => {
    write({ extra: 'rerun_after = "7d"' });
    await terraform.applied();
    const sent = messages();
    expect((await terraform.plan()).actions).toEqual([]);
    const state = join(terraform.directory, "terraform.tfstate");
    const testedAt = String(terraform.attributes(ADDRESS)["tested_at"]);
    writeFileSync(state, terraform.stateText().replaceAll(testedAt, "2020-01-01T00:00:00.000Z"));
    const planned = await terraform.tryPlan();
    expect(words(planned.output)).toContain("The apply tests again: the last test is more than a year old");
    expect((await terraform.plan()).actions).toEqual([`delete+create ${ADDRESS}`]);
    expect(messages()).toBe(sent);
    await terraform.applied();
    expect(messages()).toBe(sent + 1);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);
});
