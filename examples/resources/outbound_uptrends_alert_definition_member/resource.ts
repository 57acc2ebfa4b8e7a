import { App, TerraformStack } from "cdktf";
import {
  DataUptrendsMonitorGroup,
  OutboundProvider,
  UptrendsAlertDefinition,
  UptrendsAlertDefinitionMember,
} from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const definition = new UptrendsAlertDefinition(stack, "oncall", { name: "Prod - on-call" });

const production = new DataUptrendsMonitorGroup(stack, "production", { name: "Production" });

// Without a member, the definition would never alert.
new UptrendsAlertDefinitionMember(stack, "production_member", {
  alertDefinitionId: definition.id,
  monitorGroupId: production.id,
});

app.synth();
