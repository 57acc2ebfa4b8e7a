import { App, TerraformOutput, TerraformStack } from "cdktn";
import {
  AlertMail,
  OutboundProvider,
  OvhVrops,
  Receiver,
  Secret,
  SmtpServer,
  Vrops,
} from "cdktf-provider-outbound/cdktn";
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

class AlertMailStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Keys and passwords of OVHcloud and vROps come from OVH_... and VROPS_... variables.
    new OutboundProvider(this, "outbound");

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
    alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), {
      alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] },
    });
    const test = alerts.testAfterDeploy();

    new TerraformOutput(this, "verdict", { value: test.verdict });
  }
}

const app = new App();
new AlertMailStack(app, "ovh-vrops-smtp-cdktn");
app.synth();
