import { App, TerraformStack, TerraformVariable } from "cdktf";
import { OutboundProvider, Secret, VropsEmailPlugin, VropsNotificationRule } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const password = Secret.variable(new TerraformVariable(stack, "smtp_password", { type: "string" }));

const plugin = new VropsEmailPlugin(stack, "smtp", {
  name: "Prod SMTP",
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  username: "alerts",
  passwordWo: password,
  passwordWoVersion: 1, // raise it when the password changes
  senderAddress: "alerts@example.com",
  senderName: "Alerting",
});

// Critical alerts about virtual machines go to the people on call, again every hour while they last.
new VropsNotificationRule(stack, "critical", {
  name: "Critical alerts to on-call",
  pluginId: plugin.id,
  receivers: ["oncall@example.com", "lead@example.com"],
  criticalities: ["CRITICAL", "IMMEDIATE"],
  alertStatuses: ["NEW", "CANCELED"],
  resourceKinds: [{ adapterKind: "VMWARE", resourceKind: "VirtualMachine" }],
  resendMinutes: 60,
});

app.synth();
