import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";
import { definitionsIn } from "./support/uptrends-state";

const level = (definition: string, settings: string) => `
resource "outbound_uptrends_escalation_level" "this" {
  alert_definition_id = "${definition}"
  level               = 1
  ${settings}
}`;

describe("an escalation level that was there before", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let definition: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const { added } = (await sandbox.intervene("uptrends", "add-definition", { AlertName: "By hand" })) as {
      added: string;
    };
    definition = added;
    await sandbox.intervene("uptrends", "edit-level", {
      id: `${definition}/1`,
      set: { ThresholdErrorCount: 7, Message: "as it was" },
    });
    terraform = new Terraform(sandbox.environment());
  }, 60_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  const held = () => definitionsIn(sandbox)[0]!.levels[0]!;
  const declare = (settings: string) => terraform.write(level(definition, settings));

  it("gets back what it held, setting by setting and on destroy", async () => {
    declare('threshold_error_count = 2\n message = "Call NOC"');
    await terraform.init();
    await terraform.applied();
    expect(held()).toMatchObject({ ThresholdErrorCount: 2, Message: "Call NOC" });

    declare("threshold_error_count = 2");
    expect((await terraform.plan()).actions).toEqual(["update outbound_uptrends_escalation_level.this"]);
    await terraform.applied();
    expect(held()).toMatchObject({ ThresholdErrorCount: 2, Message: "as it was" });

    await terraform.destroyed();
    expect(held()).toMatchObject({ ThresholdErrorCount: 7, Message: "as it was", ReminderDelay: 10 });
  }, 90_000);
});
