import type { TerraformStack } from "cdktf";
import {
  AlertMail,
  AlertOps,
  Destination,
  Ksaar,
  OutboundFlow,
  OutboundProvider,
  OvhVrops,
  Receiver,
  Secret,
  SmtpServer,
  UiPath,
  Uptrends,
  Vrops,
} from "../../../../lib";

/** Where the relay is; the names are those that people see in the systems. */
export interface Deployment {
  readonly host: string;
  readonly caCertificate: string;
  readonly certificateThumbprint: string;
  readonly pluginName: string;
  readonly connectionName: string;
  readonly integrationName: string;
}

/** What `version-0.1.0.tf.json` was synthesised with by version 0.1.0. */
export const VERSION_0_1_0: Deployment = {
  host: "127.0.0.99",
  caCertificate: "/sandbox/ca.pem",
  certificateThumbprint: "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33",
  pluginName: "Prod SMTP",
  connectionName: "Alertes",
  integrationName: "Uptrends prod",
};

/** A program of the days of version 0.1.0: every system, by every noun whose address was made from a name then. */
export function program(stack: TerraformStack, deployment: Deployment): void {
  const { host, caCertificate, certificateThumbprint } = deployment;
  new OutboundProvider(stack, "outbound", { embedNullProvider: true });
  const relay = SmtpServer.startTls(host, {
    ip: host,
    port: 2525,
    login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com", name: "Alerting" },
    caCertificate,
    certificateThumbprint,
  });
  const oncall = Receiver.email("oncall@example.com");
  const cloud = OvhVrops.service("pcc-192-0-2-10");

  const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });
  alerts.through(cloud);
  alerts.into(Vrops.standardEmail({ name: deployment.pluginName }), { alerts: { criticalities: ["CRITICAL"] } });
  alerts.into(UiPath.tenantMail());
  alerts.into(UiPath.systemMail({ scope: "organization" }));
  const integration = AlertOps.inboundIntegration({ name: deployment.integrationName, escalationPolicy: "Standard" });
  alerts.into(
    Uptrends.through(integration, {
      integration: "AlertOps - prod",
      alertDefinition: "Prod - on-call",
      levelSettings: { enabled: true },
    }),
  );
  alerts.into(Ksaar.smtpConnection({ name: deployment.connectionName, defaultConnection: true, verify: "off" }));
  alerts.testAfterDeploy();

  const team = new AlertMail(stack, "team", { server: relay, receivers: [oncall] });
  team.into(Vrops.standardEmail({ name: "Team SMTP" }), {
    routes: {
      urgent: { receivers: [oncall], alerts: { criticalities: ["CRITICAL"] } },
      daily: { receivers: [Receiver.email("daily@example.com")], alerts: { criticalities: ["WARNING"] } },
    },
  });

  const night = new AlertMail(stack, "night", { server: relay, receivers: [oncall] });
  night.into(Vrops.standardEmail({ name: "Night SMTP" }), { id: "night" });

  const to = { destination: Destination.ipv4("127.0.0.98"), port: 25 };
  new OutboundFlow(stack, "second relay", { through: cloud, to });
}
