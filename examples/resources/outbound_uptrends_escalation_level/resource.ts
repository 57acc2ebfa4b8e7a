import { App, TerraformStack } from "cdktf";
import { OutboundProvider, UptrendsAlertDefinition, UptrendsEscalationLevel } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const definition = new UptrendsAlertDefinition(stack, "oncall", { name: "Prod - on-call" });
// The first level alerts after two errors in a row.
new UptrendsEscalationLevel(stack, "first", {
  alertDefinitionId: definition.id,
  level: 1,
  enabled: true,
  mode: "AlertOnErrorCount",
  thresholdErrorCount: 2,
});

app.synth();
