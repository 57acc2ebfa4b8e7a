import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { KsaarSmtpConnection, OutboundProvider, Secret } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

// Ksaar has no API for it: the first deployment prints the steps by which a person enters it.
const connection = new KsaarSmtpConnection(stack, "alerts", {
  name: "Alertes",
  sender: "alerts@example.com",
  replyTo: "noc@example.com",
  host: "smtp.example.com",
  port: 587,
  authentication: "LOGIN",
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  defaultConnection: true,
});

// Once it is entered, this goes into `confirmed`.
new TerraformOutput(stack, "digest", { value: connection.digest });

app.synth();
