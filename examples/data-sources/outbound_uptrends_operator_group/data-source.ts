import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsOperatorGroup, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const noc = new DataUptrendsOperatorGroup(stack, "noc", { name: "NOC" });
new TerraformOutput(stack, "operator_group", { value: noc.id });

app.synth();
