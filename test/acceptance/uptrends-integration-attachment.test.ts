import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { definitionsIn } from "./support/uptrends-state";

const ADDRESS = "outbound_uptrends_integration_attachment.this";

const BESIDE = `
resource "outbound_uptrends_alert_definition" "prod" {
  name = "Prod - on-call"
}
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
  type = "GenericWebhook"
}`;

const attachment = (url: string, rest = "") => `
variable "url" {
  default   = "${url}"
  ephemeral = true
}
resource "outbound_uptrends_integration_attachment" "this" {
  alert_definition_id = outbound_uptrends_alert_definition.prod.id
  level               = 1
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = var.url }
  ${rest}
}`;

const URL = "https://notify.example.com/POSTAlert/3f1c/Uptrends";

describe("what Uptrends does not show of an attachment", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox({ options: { uptrends: { variables: "masked" } } });
    terraform = new Terraform(sandbox.environment());
    terraform.write(BESIDE + attachment(URL));
    await terraform.init();
    await terraform.applied();
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  const isActive = () => definitionsIn(sandbox)[0]!.levels[0]!.integrations[0]!.active;

  it("is listed, and a masked value is no difference", async () => {
    expect(terraform.attributes(ADDRESS)["unverifiable"]).toEqual([
      "enabled",
      "send_ok_alerts",
      "send_reminder_alerts",
    ]);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("is sent again once an edit shows in the hash", async () => {
    await sandbox.intervene("uptrends", "switch-off-attachment", { id: terraform.attributes(ADDRESS)["id"] });
    expect(isActive()).toBe(false);
    const plan = await terraform.plan();
    expect(plan.actions).toEqual([`update ${ADDRESS}`]);
    expect(plan.text).toContain("maybe changed outside");
    await terraform.applied();
    expect(isActive()).toBe(true);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("is sent with every apply when that is asked for", async () => {
    terraform.write(BESIDE + attachment(URL, 'enforce = "always"'));
    await terraform.applied();
    expect((await terraform.plan()).actions).toEqual([`update ${ADDRESS}`]);
    await terraform.applied();
  }, 60_000);

  it("is said after an import", async () => {
    const id = String(terraform.attributes(ADDRESS)["id"]);
    await terraform.forget(ADDRESS);
    const run = await terraform.imported(ADDRESS, id);
    expect(words(run.output)).toContain("Whether this attachment is on cannot be read");
  }, 60_000);
});
