import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { climbs } from "./support/ladder";
import { Terraform } from "./support/terraform";
import { definitionsIn } from "./support/uptrends-state";

const DEFINITION = `
resource "outbound_uptrends_alert_definition" "prod" {
  name = "Prod - on-call"
}`;

const level = (settings: string, number = 1) => `
resource "outbound_uptrends_escalation_level" "this" {
  alert_definition_id = outbound_uptrends_alert_definition.prod.id
  level               = ${number}
  ${settings}
}`;

describe("outbound_uptrends_escalation_level", () => {
  climbs({
    address: "outbound_uptrends_escalation_level.this",
    beside: () => DEFINITION,
    created: () => level('threshold_error_count = 3\n message = "Call NOC"'),
    updated: () => level("threshold_error_count = 4\n number_of_reminders = 2"),
    replaced: () => level('threshold_error_count = 3\n message = "Call NOC"', 2),
    changeOutside: (sandbox, { id }) =>
      sandbox.intervene("uptrends", "edit-level", { id, set: { ThresholdErrorCount: 9, IncludeTraceRoute: true } }),
    leftovers: definitionsIn,
    options: { options: { uptrends: { staleReads: 2 } } },
  });
});

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
  const declare = (settings: string) =>
    terraform.write(level(settings).replace("outbound_uptrends_alert_definition.prod.id", `"${definition}"`));

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
