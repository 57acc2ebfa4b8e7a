import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, OvhVropsFlow, Secret, TestEmail } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

const flow = new OvhVropsFlow(stack, "relay", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 });

// Sent again when the password's version, the flow or anything below changes.
const test = new TestEmail(stack, "test", {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  fromAddress: "alerts@example.com",
  fromName: "Alerting",
  to: ["oncall@example.com"],
  onFailure: "fail",
  declaredFlows: ["203.0.113.25:587"],
  triggers: { flow: flow.id },
});
new TerraformOutput(stack, "verdict", { value: test.verdict });

app.synth();
