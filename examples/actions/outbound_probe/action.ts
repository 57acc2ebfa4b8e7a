import { App, TerraformStack } from "cdktf";
import { ActionProbe, OutboundProvider, OvhVropsFlow } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// By hand: terraform apply -invoke=action.outbound_probe.relay
const probe = new ActionProbe(stack, "relay", {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  username: "alerts",
  passwordEnvironment: "SMTP_PASSWORD",
  fromAddress: "alerts@example.com",
  to: ["oncall@example.com"],
});

// And whenever the flow is opened or changed.
const flow = new OvhVropsFlow(stack, "smtp", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 });
probe.trigger(flow, "after_create", "after_update");

app.synth();
