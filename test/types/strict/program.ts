import { App, TerraformStack } from "cdktf";
import {
  AlertMail,
  AlertOps,
  DataOvhVrops,
  KsaarSmtpConnection,
  Mailbox,
  OutboundProvider,
  OvhVrops,
  OvhVropsFlow,
  Receiver,
  Secret,
  SmtpServer,
  TestEmail,
  UiPath,
  UiPathSystemMail,
  Uptrends,
  UptrendsAlertDefinition,
  Vrops,
  VropsEmailPlugin,
} from "cdktf-provider-outbound";

// A program under the strictest settings of TypeScript; types.test.ts has it checked against the built package.

const stack = new TerraformStack(new App(), "strict");
const password = Secret.environment("SMTP_PASSWORD", { version: 2 });
new OutboundProvider(stack, "outbound", { vrops: { url: "https://vrops.example.com", password } });

export const flow = new OvhVropsFlow(stack, "flow", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 25 });
export const id: string = flow.id;
const smtp = { smtpHost: "smtp.example.com", smtpPort: 587 };
new VropsEmailPlugin(stack, "plugin", { ...smtp, name: "Prod", senderAddress: "a@example.com", passwordWo: password });
new TestEmail(stack, "test", { ...smtp, fromAddress: "a@example.com", to: ["b@example.com"], alignment: {} });
new UiPathSystemMail(stack, "mail", { ...smtp, senderAddress: "a@example.com", timeouts: { create: "5m" } });
new KsaarSmtpConnection(stack, "ksaar", { name: "k", sender: "a@example.com", host: "smtp.example.com", port: 587 });
new UptrendsAlertDefinition(stack, "definition", { name: "Prod" });
new DataOvhVrops(stack, "vrops", { serviceName: "pcc-192-0-2-10" });

const server = SmtpServer.startTls("smtp.example.com", {
  ip: "203.0.113.25",
  login: { user: "alerts", password },
  sender: { address: "alerts@example.com" },
});
const alerts = new AlertMail(stack, "alerts", { server, receivers: [Receiver.email("oncall@example.com")] });
alerts.through(OvhVrops.service("pcc-192-0-2-10", { timeouts: { create: "10m" } }));
alerts.into(Vrops.standardEmail({ name: "Other" }), { alerts: { criticalities: ["CRITICAL"] } });
alerts.into(UiPath.tenantMail());
alerts.into(
  Uptrends.through(AlertOps.inboundIntegration({ name: "Uptrends" }), {
    integration: "AlertOps",
    alertDefinition: "Prod",
  }),
);
alerts.testAfterDeploy({ arrival: Mailbox.imap("imap.example.com", { user: "oncall", password }), alignment: {} });

// @ts-expect-error a misspelt property
new OvhVropsFlow(stack, "misspelt", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", prot: 25 });
// @ts-expect-error a required property is missing
new UptrendsAlertDefinition(stack, "missing", {});
const literal = { ...smtp, name: "Prod", senderAddress: "a@example.com", passwordWo: "hunter2" };
// @ts-expect-error a literal where a secret belongs
new VropsEmailPlugin(stack, "literal", literal);
// @ts-expect-error misspelt options of a method
alerts.testAfterDeploy({ onFailuer: "warn" });
