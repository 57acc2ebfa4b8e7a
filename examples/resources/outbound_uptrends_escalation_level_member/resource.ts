import { App, TerraformStack } from "cdktf";
import {
  DataUptrendsOperatorGroup,
  OutboundProvider,
  UptrendsAlertDefinition,
  UptrendsEscalationLevelMember,
} from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const definition = new UptrendsAlertDefinition(stack, "oncall", { name: "Prod - on-call" });

const noc = new DataUptrendsOperatorGroup(stack, "noc", { name: "NOC" });

new UptrendsEscalationLevelMember(stack, "noc_member", {
  alertDefinitionId: definition.id,
  level: 1,
  operatorGroupId: noc.id,
});

app.synth();
