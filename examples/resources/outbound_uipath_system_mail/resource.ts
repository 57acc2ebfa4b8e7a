import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, Secret, UiPathSystemMail } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

new UiPathSystemMail(stack, "organization", {
  scope: "organization",
  organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  senderAddress: "uipath@example.com",
  senderName: "UiPath",
});

app.synth();
