import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundFn, OutboundProvider, Secret, VropsEmailPlugin } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Sensitive and not ephemeral, as Secret.variable would make it: the version is stored.
const password = new TerraformVariable(stack, "smtp_password", { type: "string", sensitive: true });

new VropsEmailPlugin(stack, "smtp", {
  name: "Prod SMTP",
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  username: "alerts",
  passwordWo: Secret.ephemeral("smtp_password", password.stringValue),
  passwordWoVersion: OutboundFn.secretVersion(password.stringValue),
  senderAddress: "alerts@example.com",
});

app.synth();
