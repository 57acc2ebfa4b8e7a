/** What differs between the versions of the program that the demo reviews. */
export interface Version {
  readonly security: "startTls" | "plain";
  readonly receivers: readonly string[];
  /** Whether the firewall is opened. */
  readonly flow: boolean;
}

/** A CDKTF program as a user writes it, for the sandbox. */
export function reviewProgram({ security, receivers, flow }: Version): string {
  return `import { App, TerraformStack } from "cdktf";
import { AlertMail, OutboundProvider, OvhVrops, Receiver, Secret, SmtpServer, Vrops } from "cdktf-provider-outbound";

const sandbox = (name: string) => process.env["OUTBOUND_SANDBOX_" + name] ?? "";
const app = new App();
const stack = new TerraformStack(app, "production");
new OutboundProvider(stack, "outbound", { embedNullProvider: true });

const relay = SmtpServer.${security}(sandbox("SMTP_HOST"), {
  ip: sandbox("SMTP_HOST"),
  port: Number(sandbox("SMTP_PORT")),
  sender: { address: "alerts@example.com", name: "Alerting" },
  login: { user: sandbox("SMTP_USER") || "alerts", password: Secret.environment("SMTP_PASSWORD") },
  caCertificate: sandbox("SMTP_CA"),
  certificateThumbprint: sandbox("SMTP_THUMBPRINT"),
});
const alerts = new AlertMail(stack, "alerts", {
  server: relay,
  receivers: [${receivers.map((address) => `Receiver.email("${address}")`).join(", ")}],
});
${flow ? `alerts.through(OvhVrops.service(sandbox("SERVICE") || "pcc-192-0-2-10"));\n` : ""}alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] } });
alerts.testAfterDeploy();
app.synth();
`;
}
