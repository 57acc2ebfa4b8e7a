import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsMonitorGroup, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const production = new DataUptrendsMonitorGroup(stack, "production", { name: "Production" });
new TerraformOutput(stack, "monitor_group", { value: production.id });

app.synth();
