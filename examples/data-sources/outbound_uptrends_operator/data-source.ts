import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsOperator, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const jane = new DataUptrendsOperator(stack, "jane", { name: "Jane Doe" });
new TerraformOutput(stack, "operator", { value: jane.id });

app.synth();
