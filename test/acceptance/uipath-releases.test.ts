import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { uipathIn } from "./support/uipath-state";

const TENANT = `
resource "outbound_uipath_tenant_mail" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}`;
const ORGANIZATION = `
resource "outbound_uipath_system_mail" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}`;
const IGNORED = "UiPath may not send alerts by the mail settings of the tenant Production";

describe("UiPath of each release and edition", () => {
  let sandbox: Sandbox | undefined;
  let terraform: Terraform | undefined;
  const open = async (uipath: Record<string, unknown>, configuration: string) => {
    sandbox = await startSandbox({ options: { uipath } });
    terraform = new Terraform(sandbox.environment());
    terraform.write(configuration);
    await terraform.init();
    return terraform;
  };

  afterEach(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("sends by a tenant's settings before 2022.10: nothing is warned of", async () => {
    const tf = await open({ apiVersion: 11 }, TENANT);
    expect(words((await tf.plan()).text)).not.toContain(IGNORED);
    expect(words((await tf.applied()).output)).not.toContain(IGNORED);
    expect((await tf.plan()).actions).toEqual([]);
  }, 60_000);

  it.each([
    ["2022.10", { apiVersion: 15 }],
    ["the cloud", { edition: "cloud" }],
  ])(
    "may ignore a tenant's settings in %s: the plan and the apply say what to use, a quiet plan nothing",
    async (_, uipath) => {
      const tf = await open(uipath, TENANT);
      const planned = words((await tf.plan()).text);
      expect(planned).toContain(IGNORED);
      expect(planned).toContain("Declare the server in outbound_uipath_system_mail");
      expect(words((await tf.applied()).output)).toContain(IGNORED);
      const second = await tf.plan();
      expect(second.actions).toEqual([]);
      expect(words(second.text)).not.toContain(IGNORED);

      tf.write(`${TENANT}${ORGANIZATION}`);
      await tf.applied();
      tf.write(`${TENANT.replace("587", "2525")}${ORGANIZATION.replace("587", "2525")}`);
      expect(words((await tf.plan()).text)).toContain(IGNORED);
      await tf.applied();
      expect((await tf.plan()).actions).toEqual([]);
    },
    120_000,
  );

  it("has no UpdateBulk: the error points to the organization's settings", async () => {
    const tf = await open({ updateBulk: false }, TENANT);
    const { code, output } = await tf.apply();
    expect(code).not.toBe(0);
    expect(words(output)).toContain("This Orchestrator takes no mail settings for the tenant Production");
    expect(words(output)).toContain("outbound_uipath_system_mail");
  }, 60_000);

  it.each(["not-found", "page"])(
    "has its Identity service at the host's address, and %s elsewhere",
    async (identityElsewhere) => {
      const tf = await open({ identityAt: "host", identityElsewhere }, ORGANIZATION);
      await tf.applied();
      expect(uipathIn(sandbox!).organization.own).toMatchObject({ "Email.Smtp.Host": "203.0.113.25" });
      expect((await tf.plan()).actions).toEqual([]);
      await tf.destroyed();
      expect(uipathIn(sandbox!).organization.own).toEqual({});
    },
    60_000,
  );

  it("refuses an application its organization's mail: the error says who may", async () => {
    const tf = await open({ partitionNeedsHost: true }, ORGANIZATION);
    const { code, output } = await tf.apply();
    expect(code).not.toBe(0);
    expect(words(output)).toContain("UiPath does not let this login do it");
    expect(words(output)).toContain("or the host administrator's login");
  }, 60_000);
});
