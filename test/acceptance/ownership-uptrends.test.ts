import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { definitionsIn } from "./support/uptrends-state";

const edited = (sandbox: Sandbox) =>
  definitionsIn(sandbox)
    .flatMap(({ levels }) => levels)
    .filter((level) => level["ThresholdErrorCount"] === 3).length;

const attached = (sandbox: Sandbox) =>
  definitionsIn(sandbox)
    .flatMap(({ levels }) => levels)
    .flatMap(({ integrations }) => integrations)
    .filter(({ active }) => active).length;

describe("a definition, its level and the integration on it", () => {
  const chain = (name: string) => `
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
}
resource "outbound_uptrends_alert_definition" "${name}" {
  name = "Prod - on-call"
}
resource "outbound_uptrends_escalation_level" "${name}" {
  alert_definition_id   = outbound_uptrends_alert_definition.${name}.id
  level                 = 1
  threshold_error_count = 3
}
resource "outbound_uptrends_integration_attachment" "${name}" {
  alert_definition_id = outbound_uptrends_alert_definition.${name}.id
  level               = outbound_uptrends_escalation_level.${name}.level
  integration_id      = data.outbound_uptrends_integration.alertops.id
  variable_values_wo  = { ApiUrl = "https://notify.example.com/POSTAlert/3f1c/Uptrends" }
}`;
  let sandbox: Sandbox;
  let terraform: Terraform;
  beforeEach(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform(sandbox.environment(), "started");
  }, 120_000);
  afterEach(async () => {
    terraform.remove();
    await sandbox.close();
  }, 120_000);

  it.each([
    ["made by Terraform", false],
    ["found by Terraform", true],
  ])(
    "%s, are there once when all are renamed at once, and then go as they came",
    async (_how, isFound) => {
      if (isFound) await sandbox.intervene("uptrends", "add-definition", { AlertName: "Prod - on-call" });
      terraform.write(chain("old"));
      await terraform.init();
      await terraform.applied();
      const [before] = definitionsIn(sandbox);
      terraform.write(chain("new"));
      const run = await terraform.apply();
      if (run.code !== 0) {
        expect(words(run.output)).toMatch(/apply again/i);
        await terraform.applied();
      }
      expect(definitionsIn(sandbox)).toMatchObject([{ AlertDefinitionGuid: before!.AlertDefinitionGuid }]);
      expect([edited(sandbox), attached(sandbox)]).toEqual([1, 1]);
      expect((await terraform.plan()).actions).toEqual([]);
      await terraform.destroyed();
      expect(definitionsIn(sandbox)).toHaveLength(isFound ? 1 : 0);
      expect([edited(sandbox), attached(sandbox)]).toEqual([0, 0]);
    },
    240_000,
  );
});
