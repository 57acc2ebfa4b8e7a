import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUiPathAlertReceivers, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// UiPath decides itself who gets its alerts: the plan warns when one of these would not.
const alertReceivers = new DataUiPathAlertReceivers(stack, "tenant", { expected: ["oncall@example.com"] });
new TerraformOutput(stack, "receivers", { value: alertReceivers.receivers });

app.synth();
