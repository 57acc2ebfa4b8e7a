import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataUptrendsMonitor, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const shop = new DataUptrendsMonitor(stack, "shop", { name: "Shop" });
new TerraformOutput(stack, "monitor", { value: shop.id });

app.synth();
