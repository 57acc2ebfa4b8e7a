import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AlertMail, Ksaar, OutboundProvider, Receiver, Secret, SmtpServer } from "cdktf-provider-outbound";
import type { Construct } from "constructs";

/** What differs between your platform and the sandbox; see README.md. */
const settings = {
  smtpHost: process.env["OUTBOUND_SANDBOX_SMTP_HOST"] ?? "smtp.example.com",
  smtpPort: Number(process.env["OUTBOUND_SANDBOX_SMTP_PORT"] ?? 587),
  smtpUser: process.env["OUTBOUND_SANDBOX_SMTP_USER"] ?? "alerts",
  caCertificate: process.env["OUTBOUND_SANDBOX_SMTP_CA"],
};

class KsaarStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Ksaar has no API: there is nothing to configure for it.
    new OutboundProvider(this, "outbound", { embedNullProvider: true });

    const relay = SmtpServer.startTls(settings.smtpHost, {
      port: settings.smtpPort,
      login: { user: settings.smtpUser, password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com" },
      caCertificate: settings.caCertificate,
    });

    const alerts = new AlertMail(this, "alerts", {
      server: relay,
      receivers: [Receiver.email("oncall@example.com")],
    });
    const connection = alerts.into(
      Ksaar.smtpConnection({
        name: "Alertes",
        replyTo: "noc@example.com",
        authentication: "LOGIN",
        defaultConnection: true,
        // Once a person has entered the connection: the digest that the first deployment shows.
        confirmed: process.env["KSAAR_CONFIRMED"],
      }),
    );
    const test = alerts.testAfterDeploy();

    new TerraformOutput(this, "instructions", { value: connection.resource.getStringAttribute("instructions") });
    new TerraformOutput(this, "digest", { value: connection.resource.getStringAttribute("digest") });
    new TerraformOutput(this, "verdict", { value: test.verdict });
  }
}

const app = new App();
new KsaarStack(app, "ksaar");
app.synth();
