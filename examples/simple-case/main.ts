import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AlertMail, OutboundProvider, OvhVrops, Receiver, Secret, SmtpServer, Vrops } from "cdktf-provider-outbound";

const sandbox = SmtpServer.sandbox(); // the mail server of `outbound sandbox`; undefined everywhere else
const app = new App();
const stack = new TerraformStack(app, sandbox ? "sandbox" : "alerting"); // each with a state of its own
new OutboundProvider(stack, "outbound", { embedNullProvider: true }); // no registry is asked for providers

const relay =
  sandbox ??
  SmtpServer.startTls("smtp.example.com", {
    ip: "203.0.113.25",
    port: 587,
    login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com", name: "Alerting" },
  });

const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [Receiver.email("oncall@example.com")] });
alerts.through(OvhVrops.service("pcc-192-0-2-10")); // the firewall flow
alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: { criticalities: ["CRITICAL"] } }); // plugin and rule
const test = alerts.testAfterDeploy(); // the proof
new TerraformOutput(stack, "verdict", { value: test.verdict });
app.synth();
