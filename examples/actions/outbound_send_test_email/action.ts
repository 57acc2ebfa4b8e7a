import { App, TerraformStack } from "cdktf";
import { ActionSendTestEmail, OutboundProvider } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// A test mail now, which no later plan knows of: terraform apply -invoke=action.outbound_send_test_email.alerts
new ActionSendTestEmail(stack, "alerts", {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  username: "alerts",
  passwordEnvironment: "SMTP_PASSWORD",
  fromAddress: "alerts@example.com",
  to: ["oncall@example.com"],
  imap: { host: "imap.example.com", username: "oncall", passwordEnvironment: "IMAP_PASSWORD" },
});

app.synth();
