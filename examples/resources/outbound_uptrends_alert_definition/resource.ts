import { App, TerraformStack } from "cdktf";
import { OutboundProvider, UptrendsAlertDefinition } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

new UptrendsAlertDefinition(stack, "oncall", { name: "Prod - on-call", enabled: true });

app.synth();
