import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";

/** Plans and states as the real terraform writes them, tested by `outbound probe` and `outbound send`. */
describe("mail tests from plan and state", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let password: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    password = sandbox.environment()["SMTP_PASSWORD"]!;
    terraform = new Terraform({ ...sandbox.environment(), TF_VAR_relay_password: password }, "started");
    const { host, port } = sandbox.mail.startTls;
    const server = `
  smtp_host      = "${host}"
  smtp_port      = ${port}
  username       = "${sandbox.mail.user}"
  ca_certificate = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  from_address   = "alerts@example.com"`;
    terraform.write(`
variable "relay_password" {
  type      = string
  sensitive = true
  ephemeral = true
}
ephemeral "outbound_environment" "SMTP_PASSWORD" {
  name = "SMTP_PASSWORD"
}
resource "terraform_data" "changes" {}
resource "outbound_test_email" "variable" {${server}
  password_wo = var.relay_password
  to          = ["one@example.com", "two@example.com"]
  triggers    = { changes = terraform_data.changes.id }
  imap = {
    host        = "127.0.0.1"
    port        = 1
    username    = "one@example.com"
    password_wo = ephemeral.outbound_environment.SMTP_PASSWORD.value
    receiver    = "one@example.com"
  }
  on_failure = "warn"
}
resource "outbound_test_email" "environment" {${server}
  password_wo = ephemeral.outbound_environment.SMTP_PASSWORD.value
  to          = ["three@example.com"]
  via         = [{ system = "vrops", id = terraform_data.changes.id }]
  on_failure  = "warn"
}
data "outbound_smtp_probe" "relay" {${server}
  password_environment = "SMTP_PASSWORD"
}
resource "outbound_test_email" "unknown" {
  smtp_host    = terraform_data.changes.id
  smtp_port    = 25
  from_address = "alerts@example.com"
  to           = ["three@example.com"]
  on_failure   = "warn"
  timeout_seconds = 1
}`);
    await terraform.init();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  async function outbound(input: string, environment: Record<string, string>, ...argv: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(argv, {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      environment: {
        PATH: process.env["PATH"],
        TERRAFORM_BINARY_NAME: process.env["TERRAFORM_BINARY_NAME"],
        ...environment,
      },
      homeDirectory: terraform.directory,
      workingDirectory: terraform.directory,
      nodeVersion: "20.11.0",
      platform: "linux",
      input: async () => input,
      interrupted: new AbortController().signal,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  const VARIABLE = "outbound_test_email.variable";
  const ENVIRONMENT = "outbound_test_email.environment";
  const RELAY = "data.outbound_smtp_probe.relay";

  it("tests a plan before it is applied, with the passwords that its configuration names", async () => {
    await terraform.plan();
    const only = [VARIABLE, ENVIRONMENT, RELAY].flatMap((address) => ["--only", address]);
    const file = join(terraform.directory, "saved.plan");
    const unset = await outbound("", {}, "probe", "--from-plan", file, ...only);
    expect(unset.code).toBe(10);
    expect(unset.err).toContain("TF_VAR_relay_password is not set");
    expect(unset.err).toContain("SMTP_PASSWORD is not set");

    const environment = { TF_VAR_relay_password: password, SMTP_PASSWORD: password };
    const { code, out } = await outbound("", environment, "probe", "--from-plan", file, ...only, "--json");
    expect(code).toBe(0);
    const { targets } = JSON.parse(out);
    expect(targets.map(({ title, ok }: { title: string; ok: boolean }) => [title, ok])).toEqual(
      expect.arrayContaining([VARIABLE, ENVIRONMENT, RELAY].map((title) => [title, true])),
    );
    expect(out).not.toContain(password);

    const all = await outbound("", environment, "probe", "--from-plan", file);
    expect(all.code).toBe(10);
    expect(all.err).toContain("outbound_test_email.unknown: smtp_host is known after the apply only");
    expect(all.err.match(/known after the apply only/g)).toHaveLength(1);
  }, 60_000);

  it("leaves out the test of a platform whose id is not known, and sends", async () => {
    const { stdout } = await terraform.succeed("show", "-json", "saved.plan");
    const environment = { ...sandbox.environment() };
    const { code, out } = await outbound(stdout, environment, "send", "--from-plan", "-", "--only", ENVIRONMENT);
    expect(out).toContain("Note: a platform's own test is left out");
    expect(out).toMatch(/^accepted: /m);
    expect(code).toBe(0);
    expect(sandbox.inbox.messages).toHaveLength(1);
  }, 60_000);

  it("tests what is deployed, from the state, which knows no passwords", async () => {
    await terraform.applied();
    const { stdout } = await terraform.succeed("show", "-json");
    const environment = { MINE: password, SMTP_PASSWORD: password };
    const unset = await outbound(stdout, environment, "probe", "--from-plan", "-", "--only", ENVIRONMENT);
    expect([unset.code, unset.err]).toEqual([10, expect.stringContaining("Give --password-environment")]);
    const only = ["--only", ENVIRONMENT, "--only", RELAY, "--password-environment", "MINE"];
    const { code, out } = await outbound(stdout, environment, "probe", "--from-plan", "-", ...only);
    expect([code, out]).toEqual([0, expect.stringMatching(/reachable: /)]);
  }, 60_000);
});
