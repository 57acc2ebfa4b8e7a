import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AlertMail, AlertOps, OutboundProvider, Receiver, Secret, SmtpServer, Uptrends } from "cdktf-provider-outbound";
import type { Construct } from "constructs";

/** What differs between your platform and the sandbox; see README.md. */
const settings = {
  integration: process.env["UPTRENDS_INTEGRATION"] ?? "AlertOps - prod",
  monitorGroup: process.env["UPTRENDS_MONITOR_GROUP"] ?? "Production",
  operatorGroup: process.env["UPTRENDS_OPERATOR_GROUP"] ?? "NOC",
  template: process.env["ALERTOPS_TEMPLATE_FROM"] ?? "Uptrends",
  smtpHost: process.env["OUTBOUND_SANDBOX_SMTP_HOST"] ?? "smtp.example.com",
  smtpPort: Number(process.env["OUTBOUND_SANDBOX_SMTP_PORT"] ?? 587),
  smtpUser: process.env["OUTBOUND_SANDBOX_SMTP_USER"] ?? "alerts",
  caCertificate: process.env["OUTBOUND_SANDBOX_SMTP_CA"],
};

class UptrendsAlertOpsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Keys and passwords of Uptrends and AlertOps come from UPTRENDS_... and ALERTOPS_... variables.
    new OutboundProvider(this, "outbound", { embedNullProvider: true });

    const relay = SmtpServer.startTls(settings.smtpHost, {
      port: settings.smtpPort,
      login: { user: settings.smtpUser, password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com", name: "Alerting" },
      caCertificate: settings.caCertificate,
    });

    const alerts = new AlertMail(this, "alerts", {
      server: relay,
      receivers: [Receiver.email("oncall@example.com")],
    });
    alerts.into(
      Uptrends.through(
        AlertOps.inboundIntegration({
          name: "Uptrends prod",
          templateFrom: settings.template,
          escalationPolicy: "Standard",
          recipientGroups: ["NOC"],
        }),
        {
          integration: settings.integration,
          alertDefinition: "Prod - on-call",
          // Without a monitor, the definition would never alert.
          monitorGroups: [settings.monitorGroup],
          operatorGroups: [settings.operatorGroup],
          levelSettings: { thresholdErrorCount: 2, enabled: true },
        },
      ),
    );
    const test = alerts.testAfterDeploy();

    new TerraformOutput(this, "verdict", { value: test.verdict });
  }
}

const app = new App();
new UptrendsAlertOpsStack(app, "uptrends-alertops");
app.synth();
