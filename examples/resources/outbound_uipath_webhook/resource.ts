import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, Secret, UiPathWebhook } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Jobs that fail call the on-call service.
new UiPathWebhook(stack, "faults", {
  name: "Faults to on-call",
  url: "https://alerts.example.com/uipath",
  events: ["job.faulted", "robot.disconnected"],
  secretWo: Secret.variable(new TerraformVariable(stack, "signing_key", { type: "string" })),
  secretWoVersion: 1, // raise it when the key changes
});

app.synth();
