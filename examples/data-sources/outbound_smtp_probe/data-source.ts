import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DataSmtpProbe, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Walks up to the receivers in every plan, and sends nothing.
const probe = new DataSmtpProbe(stack, "relay", {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  username: "alerts",
  passwordEnvironment: "SMTP_PASSWORD",
  fromAddress: "alerts@example.com",
  to: ["oncall@example.com"],
});
new TerraformOutput(stack, "verdict", { value: probe.verdict });

app.synth();
