import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, Secret, VropsEmailPlugin } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

new VropsEmailPlugin(stack, "smtp", {
  name: "Prod SMTP",
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  senderAddress: "alerts@example.com",
  senderName: "Alerting",
});

app.synth();
