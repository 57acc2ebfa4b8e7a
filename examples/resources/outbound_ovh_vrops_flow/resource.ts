import { App, TerraformStack } from "cdktf";
import { OutboundProvider, OvhVropsFlow } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// The vROps of this Hosted Private Cloud may reach the SMTP server.
new OvhVropsFlow(stack, "relay", {
  serviceName: "pcc-192-0-2-10",
  ip: "203.0.113.25",
  port: 587,
  description: "alert mail",
});

app.synth();
