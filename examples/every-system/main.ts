import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  AlertMail,
  AlertOps,
  Ksaar,
  OutboundProvider,
  OvhVrops,
  Receiver,
  Secret,
  SmtpServer,
  UiPath,
  Uptrends,
  Vrops,
} from "cdktf-provider-outbound";
import type { Construct } from "constructs";

/** What differs between your platform and the sandbox; see README.md. */
const settings = {
  service: process.env["OUTBOUND_SANDBOX_SERVICE"] ?? "pcc-192-0-2-10",
  smtpHost: process.env["OUTBOUND_SANDBOX_SMTP_HOST"] ?? "smtp.example.com",
  smtpIp: process.env["OUTBOUND_SANDBOX_SMTP_HOST"] ?? "203.0.113.25",
  smtpPort: Number(process.env["OUTBOUND_SANDBOX_SMTP_PORT"] ?? 587),
  smtpUser: process.env["OUTBOUND_SANDBOX_SMTP_USER"] ?? "alerts",
  caCertificate: process.env["OUTBOUND_SANDBOX_SMTP_CA"],
  certificateThumbprint: process.env["OUTBOUND_SANDBOX_SMTP_THUMBPRINT"],
};

/** One relay for every system: all five ways by which alerts leave a platform. */
class EverySystemStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Each system's keys and passwords come from its own variables: OVH_, VROPS_, UIPATH_, UPTRENDS_, ALERTOPS_.
    new OutboundProvider(this, "outbound", { embedNullProvider: true });

    const relay = SmtpServer.startTls(settings.smtpHost, {
      ip: settings.smtpIp,
      port: settings.smtpPort,
      login: { user: settings.smtpUser, password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com", name: "Alerting" },
      caCertificate: settings.caCertificate,
      certificateThumbprint: settings.certificateThumbprint,
    });

    const alerts = new AlertMail(this, "alerts", {
      server: relay,
      receivers: [Receiver.email("oncall@example.com")],
    });
    alerts.through(OvhVrops.service(settings.service));
    alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] } });
    alerts.into(UiPath.tenantMail());
    alerts.into(UiPath.systemMail({ scope: "organization" }));
    alerts.into(
      Uptrends.through(
        AlertOps.inboundIntegration({
          name: "Uptrends prod",
          // Made once by hand, from the predefined integration of that name.
          templateFrom: "Uptrends",
          escalationPolicy: "Standard",
          recipientGroups: ["NOC"],
        }),
        {
          integration: "AlertOps - prod",
          alertDefinition: "Prod - on-call",
          monitorGroups: ["Production"],
          operatorGroups: ["NOC"],
          levelSettings: { enabled: true },
        },
      ),
    );
    alerts.into(Ksaar.smtpConnection({ name: "Alertes", defaultConnection: true }));
    const test = alerts.testAfterDeploy();

    new TerraformOutput(this, "verdict", { value: test.verdict });
  }
}

const app = new App();
new EverySystemStack(app, "every-system");
app.synth();
