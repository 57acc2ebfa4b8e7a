import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsIntegration, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Made once by hand: the Uptrends API cannot create integrations.
const integration = new DataUptrendsIntegration(stack, "alertops", { name: "AlertOps - prod", type: "GenericWebhook" });
new TerraformOutput(stack, "integration", { value: integration.id });

app.synth();
