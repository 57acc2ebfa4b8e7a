import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsAlertDefinition, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Made by hand, and it stays: nothing of it is managed. A near name is an error that names it.
const definition = new DataUptrendsAlertDefinition(stack, "oncall", { name: "Shop is down" });
new TerraformOutput(stack, "definition", { value: definition.id });

app.synth();
