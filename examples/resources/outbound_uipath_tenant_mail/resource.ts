import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, Secret, UiPathTenantMail } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

// There is one for each tenant: the one in the provider's settings.
new UiPathTenantMail(stack, "tenant", {
  alertsEnabled: true,
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  senderAddress: "alerts@example.com",
  senderName: "Alerting",
});

app.synth();
