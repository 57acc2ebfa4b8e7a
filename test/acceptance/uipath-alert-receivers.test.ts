import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

describe("data outbound_uipath_alert_receivers", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform(sandbox.environment());
    terraform.write(`
data "outbound_uipath_alert_receivers" "this" {
  expected = ["oncall@example.com", "noc@example.com"]
}
output "receivers" {
  value = data.outbound_uipath_alert_receivers.this.addresses
}`);
    await terraform.init();
  }, 60_000);

  afterAll(async () => {
    terraform.remove();
    await sandbox.close();
  });

  it("warns during plan of whom UiPath will not send to", async () => {
    const { text } = await terraform.plan();
    expect(words(text)).toContain("UiPath will not send its alert mails to noc@example.com");
    expect(words(text)).toContain("its receivers are oncall@example.com");
  }, 60_000);

  it("is content when the account is there, and shows a reviewer who is", async () => {
    await sandbox.intervene("uipath", "add-account", { username: "noc", address: "noc@example.com" });
    const { text } = await terraform.plan();
    expect(text).not.toContain("will not send");
    expect(text).toContain("noc@example.com");
    expect((await terraform.applied()).output).toContain("oncall@example.com");
  }, 60_000);

  it("warns when nobody is left", async () => {
    for (const username of ["noc", "oncall"]) await sandbox.intervene("uipath", "remove-account", { username });
    expect((await terraform.plan()).text).toContain("Nobody receives UiPath's alert mails");
  }, 60_000);
});
