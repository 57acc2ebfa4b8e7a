import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AlertMail, OutboundProvider, Receiver, Secret, SmtpServer, UiPath } from "cdktf-provider-outbound";
import type { Construct } from "constructs";

/** What differs between your platform and the sandbox; see README.md. */
const settings = {
  smtpHost: process.env["OUTBOUND_SANDBOX_SMTP_HOST"] ?? "smtp.example.com",
  smtpPort: Number(process.env["OUTBOUND_SANDBOX_SMTP_PORT"] ?? 587),
  smtpUser: process.env["OUTBOUND_SANDBOX_SMTP_USER"] ?? "alerts",
  caCertificate: process.env["OUTBOUND_SANDBOX_SMTP_CA"],
};

class UiPathMailStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Address, organization, tenant and login come from UIPATH_... variables.
    new OutboundProvider(this, "outbound", { embedNullProvider: true });

    const relay = SmtpServer.startTls(settings.smtpHost, {
      port: settings.smtpPort,
      login: { user: settings.smtpUser, password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com", name: "Alerting" },
      caCertificate: settings.caCertificate,
    });

    const alerts = new AlertMail(this, "alerts", {
      server: relay,
      // UiPath decides itself who receives its alerts: the plan warns of those whom it will not send to.
      receivers: [Receiver.email("oncall@example.com")],
    });
    alerts.into(UiPath.tenantMail());
    // The organization's own mails: invitations, passwords.
    alerts.into(UiPath.systemMail({ scope: "organization" }));
    const test = alerts.testAfterDeploy();

    new TerraformOutput(this, "verdict", { value: test.verdict });
  }
}

const app = new App();
new UiPathMailStack(app, "uipath-mail");
app.synth();
