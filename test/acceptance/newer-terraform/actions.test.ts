import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readPlan } from "../../../lib/plan";
import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { describeWithNewerTerraform, newerTerraform, sayWhatIsSkipped } from "../../support/newer-terraform";
import { Terraform, words } from "../support/terraform";

sayWhatIsSkipped("the acceptance of actions");

const ROOT = resolve(__dirname, "../../..");
const EXAMPLES = join(ROOT, "examples/actions");

describeWithNewerTerraform("actions, invoked by terraform", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox();
  }, 60_000);
  afterAll(() => sandbox?.close());
  afterEach(() => {
    terraform?.remove();
    sandbox.inbox.clear();
  });

  const config = (extra = "", { port = sandbox.mail.startTls.port, password = "SMTP_PASSWORD" } = {}) => `
  config {
    smtp_host            = "${sandbox.mail.startTls.host}"
    smtp_port            = ${port}
    username             = "${sandbox.mail.user}"
    password_environment = "${password}"
    ca_certificate       = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
    from_address         = "alerts@example.com"
    to                   = ["oncall@example.com"]
    ${extra}
  }
`;

  async function write(text: string): Promise<void> {
    const environment = { ...sandbox.environment(), WRONG_PASSWORD: "wrong password" };
    terraform = new Terraform(environment, "started", newerTerraform);
    terraform.write(text);
    await terraform.init();
  }

  const flow = (triggers: string) => `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  lifecycle {
    ${triggers}
  }
}`;

  it("fail a wrong password with stage and remedy, and show it to nobody", async () => {
    await write(`action "outbound_probe" "x" {${config("", { password: "WRONG_PASSWORD" })}}`);
    const { code, output } = await terraform.apply("-invoke=action.outbound_probe.x");
    expect(code).toBe(1);
    expect(words(output)).toMatch(/The probe failed at AUTH: .*What to do: .*FAIL AUTH/);
    expect(output).not.toContain("wrong password");
    expect(output).not.toContain("password_wo");
  }, 60_000);

  it("fail at a closed port, after the stages before it were shown", async () => {
    await write(`action "outbound_send_test_email" "x" {${config("", { port: 1 })}}`);
    const { code, output } = await terraform.apply("-invoke=action.outbound_send_test_email.x");
    expect(code).toBe(1);
    expect(output).toMatch(/Action action\.outbound_send_test_email\.x.*: config: .*ms\)/);
    expect(words(output)).toMatch(/The test mail failed at TCP: /);
    expect(sandbox.inbox.messages).toEqual([]);
  }, 60_000);

  it("are judged by the plan where variables bring what is wrong", async () => {
    await write(`
variable "port" { type = number }
action "outbound_probe" "x" {${config().replace(/smtp_port .*/, "smtp_port = var.port")}}`);
    const { code, output } = await terraform.apply("-invoke=action.outbound_probe.x", "-var=port=70000");
    expect([code, words(output)]).toEqual([1, expect.stringContaining("70000")]);
    expect(output).not.toContain("Action started");
  }, 60_000);

  it("take no ephemeral value: the configuration stands in the plan", async () => {
    await write(`
variable "secret" {
  type      = string
  ephemeral = true
}
action "outbound_probe" "x" {${config().replace(/"SMTP_PASSWORD"/, "var.secret")}}`);
    const { code, output } = await terraform.apply("-invoke=action.outbound_probe.x", "-var=secret=SMTP_PASSWORD");
    expect([code, words(output)]).toEqual([1, expect.stringContaining("Invalid use of ephemeral value")]);
  }, 60_000);

  it("by hand show every stage, prove the way, and leave no trace in the state", async () => {
    await write(`action "outbound_probe" "x" {${config()}}`);
    const { code, output } = await terraform.apply("-invoke=action.outbound_probe.x");
    expect([code, output]).toEqual([0, expect.stringContaining("Action complete")]);
    for (const stage of ["config", "DNS", "TCP", "banner", "EHLO over TLS", "AUTH", "RCPT oncall@example.com"]) {
      expect(output).toMatch(new RegExp(`Action action\\.outbound_probe\\.x.*: ${stage}: `));
    }
    expect(output).toMatch(/reachable: /);
    expect(sandbox.inbox.messages).toEqual([]);
    expect(terraform.stateText()).not.toContain("outbound_probe");
  }, 60_000);

  it("by a trigger send one mail when the object is made, none when nothing changes", async () => {
    await write(`action "outbound_send_test_email" "x" {${config()}}
${flow(`action_trigger {
      events  = [after_create, after_update]
      actions = [action.outbound_send_test_email.x]
    }`)}`);
    const { output } = await terraform.applied();
    expect(output).toMatch(/Action started: action\.outbound_send_test_email\.x/);
    expect(sandbox.inbox.messages).toHaveLength(1);
    expect((await terraform.plan()).actions).toEqual([]);
    await terraform.applied();
    expect(sandbox.inbox.messages).toHaveLength(1);
    await terraform.destroyed();
  }, 90_000);

  it("by a trigger are in the plan that a review reads, with what starts them", async () => {
    const trigger = `action_trigger {
      events  = [before_create, after_create]
      actions = [action.outbound_send_test_email.x]
    }`;
    await write(`action "outbound_send_test_email" "x" {${config()}}${flow(trigger)}`);
    const { json } = await terraform.plan();
    const { invocations } = readPlan(JSON.stringify(json), { source: "saved.plan" });
    const address = "action.outbound_send_test_email.x";
    const settings = expect.objectContaining({ to: ["oncall@example.com"], password_environment: "SMTP_PASSWORD" });
    expect(invocations).toEqual(
      ["before create", "after create"].map((event) => ({
        address,
        when: `${event} of outbound_ovh_vrops_flow.this`,
        onFailure: expect.stringMatching(/^(halt)?$/),
        settings,
        unknown: [],
      })),
    );
  }, 60_000);

  it("by a trigger that fail stop the apply; the object stays, and the next plan is empty", async () => {
    const trigger = `action_trigger {
      events  = [after_create]
      actions = [action.outbound_probe.x]
    }`;
    await write(`action "outbound_probe" "x" {${config("", { port: 1 })}}${flow(trigger)}`);
    const { code, output } = await terraform.apply();
    expect(code).toBe(1);
    expect(words(output)).toMatch(/The probe failed at TCP: /);
    expect(sandbox.network.list()).toEqual([{ platform: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 }]);
    expect((await terraform.plan()).actions).toEqual([]);
    await terraform.destroyed();
  }, 90_000);

  it.each(readdirSync(EXAMPLES))(
    "are valid as the example of %s has them, in HCL and as CDKTF writes them",
    async (type) => {
      const example = join(EXAMPLES, type, "action");
      for (const language of ["hcl", "typescript"]) {
        terraform = new Terraform(sandbox.environment(), "started", newerTerraform);
        if (language === "hcl") copyFileSync(`${example}.tf`, join(terraform.directory, "main.tf"));
        else synthesise(`${example}.ts`, terraform.directory);
        await terraform.init();
        const { code, output } = await terraform.validate();
        expect([language, code, output]).toEqual([language, 0, expect.stringContaining("Success!")]);
        terraform.remove();
      }
    },
    90_000,
  );

  it("stop soon at Ctrl-C, and say how to invoke them again", async () => {
    sandbox.mail.startTls.faults.silent = true;
    try {
      await write(`action "outbound_probe" "x" {${config("timeout_seconds = 600")}}`);
      const child = terraform.start("apply", "-auto-approve", "-no-color", "-invoke=action.outbound_probe.x");
      let output = "";
      const ended = new Promise((resolve) => child.once("close", resolve));
      const connected = new Promise<void>((resolve) => {
        const hear = (chunk: Buffer) => {
          output += chunk.toString();
          if (output.includes("TCP: ")) resolve();
        };
        child.stdout!.on("data", hear);
        child.stderr!.on("data", hear);
      });
      await connected;
      // A terminal sends it to the whole process group: terraform and the provider.
      process.kill(-child.pid!, "SIGINT");
      expect(await ended).toBe(1);
      expect(words(output)).toMatch(
        /outbound_probe was told to stop before its end.*-invoke=action\.outbound_probe\.NAME/,
      );
    } finally {
      sandbox.mail.startTls.faults.silent = false;
    }
  }, 60_000);
});

function synthesise(program: string, directory: string): void {
  const output = join(directory, "cdktf.out");
  const env = { ...process.env, CDKTF_OUTDIR: output };
  execFileSync(process.execPath, ["--import", "tsx", program], { cwd: ROOT, env });
  copyFileSync(join(output, "stacks/example/cdk.tf.json"), join(directory, "cdk.tf.json"));
}
