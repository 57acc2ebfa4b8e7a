import { App, TerraformStack } from "cdktf";
import { AlertOpsInboundIntegration, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

new AlertOpsInboundIntegration(stack, "uptrends", {
  name: "Uptrends prod",
  templateFrom: "Uptrends",
  escalationPolicy: "Standard",
  recipientGroups: ["NOC"],
  // The old URL works until its sender has the new one.
  lifecycle: { createBeforeDestroy: true },
});

app.synth();
