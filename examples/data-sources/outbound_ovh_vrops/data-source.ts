import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataOvhVrops, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const vrops = new DataOvhVrops(stack, "prod", { serviceName: "pcc-192-0-2-10" });

// The address to allow on the side of the SMTP server.
new TerraformOutput(stack, "vrops_address", { value: vrops.publicIp });

app.synth();
