import { App, TerraformStack } from "cdktf";
import { OutboundProvider, Secret, TestEmail } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

new TestEmail(stack, "relay", {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  username: "alerts",
  // What the pipeline has put into SMTP_PASSWORD, where Terraform runs.
  passwordWo: Secret.environment("SMTP_PASSWORD"),
  passwordWoVersion: 1, // raise it when the password changes
  fromAddress: "alerts@example.com",
  to: ["oncall@example.com"],
});

app.synth();
