import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Mailbox, OutboundProvider, PostDeployTest, Receiver, Secret, SmtpServer } from "cdktf-provider-outbound";
import type { Construct } from "constructs";

/** What differs between your servers and those of the test; see README.md. */
const settings = {
  smtpHost: process.env["SMTP_HOST"] ?? "smtp.example.com",
  smtpPort: Number(process.env["SMTP_PORT"] ?? 587),
  smtpCa: process.env["SMTP_CA"],
  imapHost: process.env["IMAP_HOST"] ?? "imap.example.com",
  imapPort: Number(process.env["IMAP_PORT"] ?? 993),
  leadImapPort: Number(process.env["LEAD_IMAP_PORT"] ?? 993),
  imapCa: process.env["IMAP_CA"],
  nameServers: process.env["NAME_SERVER"]?.split(","),
};

class ProvedArrivalStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OutboundProvider(this, "outbound", { embedNullProvider: true });

    const relay = SmtpServer.startTls(settings.smtpHost, {
      port: settings.smtpPort,
      login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com", name: "Alerting" },
      caCertificate: settings.smtpCa,
    });
    const oncall = Receiver.email("oncall@example.com");
    const lead = Receiver.email("lead@example.com");

    // An AlertMail takes the same: `alerts.testAfterDeploy({ arrival, alignment })`.
    const test = new PostDeployTest(this, "test", {
      server: relay,
      receivers: [oncall, lead, Receiver.email("archive@example.com")],
      // The test fails when the mail does not arrive in time at one of them, or lands in a junk folder. Of the archive nobody
      // gave us the mailbox: the verdict says that its mail was only accepted.
      arrival: [
        Mailbox.imap(settings.imapHost, {
          user: "oncall",
          password: Secret.environment("IMAP_PASSWORD"),
          port: settings.imapPort,
          receiver: oncall,
          waitSeconds: 45,
          caCertificate: settings.imapCa,
        }),
        Mailbox.imap(settings.imapHost, {
          user: "lead",
          password: Secret.environment("LEAD_IMAP_PASSWORD"),
          port: settings.leadImapPort,
          receiver: lead,
          waitSeconds: 45,
          caCertificate: settings.imapCa,
        }),
      ],
      // It fails too when receivers cannot tell that the mail is ours; a broken SPF alone is a warning.
      alignment: { sourceIps: ["203.0.113.25"], dkimSelectors: ["mail"], require: ["dmarc"] },
      dnsServers: settings.nameServers,
      timeoutSeconds: 90,
    });

    new TerraformOutput(this, "verdict", { value: test.verdict });
    new TerraformOutput(this, "arrivals", { value: test.arrivals });
    new TerraformOutput(this, "receivers", { value: test.receivers });
    new TerraformOutput(this, "certificate_expires_at", { value: test.certificateExpiresAt });
  }
}

const app = new App();
new ProvedArrivalStack(app, "proved-arrival");
app.synth();
