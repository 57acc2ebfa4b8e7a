import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { uipathIn } from "./support/uipath-state";

const address = "outbound_uipath_tenant_mail.this";

const PASSWORD = `
variable "smtp_password" {
  type      = string
  default   = "correct horse battery"
  ephemeral = true
}`;

const mail = (changes: string) => (): string => `
resource "outbound_uipath_tenant_mail" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"
  sender_name    = "Alerting"
  ${changes}
}`;

describe("outbound_uipath_tenant_mail", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  const own = () => uipathIn(sandbox).tenant.own;
  const write = (changes: string) => terraform.write(`${PASSWORD}\n${mail(changes)()}`);

  beforeEach(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform(sandbox.environment());
    write("");
    await terraform.init();
    await terraform.applied();
  }, 60_000);

  afterEach(async () => {
    terraform.remove();
    await sandbox.close();
  });

  it("goes to the default and back, each with an empty plan after it, and loses nothing", async () => {
    const before = own();
    write('mode = "default"');
    expect(await terraform.appliedActions()).toEqual([`update ${address}`]);
    expect(Object.keys(own())).toEqual([]);
    expect((await terraform.plan()).actions).toEqual([]);

    write('mode = "custom"');
    await terraform.applied();
    expect(own()).toEqual(before);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("cannot vanish: settings removed outside are drift, and mended in place", async () => {
    await sandbox.intervene("uipath", "reset-tenant-mail");
    const plan = await terraform.plan();
    expect(plan.drift).toEqual([address]);
    expect(plan.actions).toEqual([`update ${address}`]);
    expect(plan.text).toMatch(/mode\s+= "default" -> "custom"/);
    await terraform.applied();
    expect(own()["Abp.Net.Mail.Smtp.Password"]).toBe("(stored)");
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("is refused to a second stack that wants other settings", async () => {
    const second = new Terraform(sandbox.environment());
    try {
      second.write(`${PASSWORD}\n${mail('domain = "CORP"')()}`);
      await second.init();
      const run = await second.apply();
      expect(run.code).not.toBe(0);
      expect(words(run.output)).toContain("exists already, with other settings");
      expect(words(run.output)).toContain("terraform import outbound_uipath_tenant_mail.NAME tenant");
      expect((await terraform.plan()).actions).toEqual([]);
    } finally {
      second.remove();
    }
  }, 60_000);

  it("says on destroy what has become of the settings, and keeps the password out of the state", async () => {
    expect(terraform.stateText()).not.toContain("correct horse battery");
    const { output } = await terraform.destroyed();
    expect(words(output)).toContain("The mail settings of the tenant Production are deleted");
  }, 60_000);
});
