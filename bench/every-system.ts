import { median, repeat } from "./measure";
import type { Row } from "./report";
import { startSandboxProcess } from "./sandbox-process";
import { REQUIREMENT, terraformData, Workspace } from "./workspace";

/** Enough that a request for each would show. */
const COUNT = 100;
const PLANS = 3;

/** Many of one kind in each system that has an API with lists. UiPath's mail settings are one each, Ksaar has no API. */
const MANY: Readonly<Record<string, { readonly what: string; readonly resource: string }>> = {
  vrops: {
    what: "notification rules",
    resource: `
resource "outbound_vrops_email_plugin" "mail" {
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}
resource "outbound_vrops_notification_rule" "many" {
  count         = ${COUNT}
  name          = "Critical ${"${count.index}"}"
  plugin_id     = outbound_vrops_email_plugin.mail.id
  receivers     = ["oncall@example.com"]
  criticalities = ["CRITICAL"]
}`,
  },
  uipath: {
    what: "webhooks",
    resource: `
resource "outbound_uipath_webhook" "many" {
  count = ${COUNT}
  name  = "Hook ${"${count.index}"}"
  url   = "https://hooks.example.com/${"${count.index}"}"
}`,
  },
  alertops: {
    what: "inbound integrations",
    resource: `
resource "outbound_alertops_inbound_integration" "many" {
  count             = ${COUNT}
  name              = "Source ${"${count.index}"}"
  escalation_policy = "Standard"
}`,
  },
  uptrends: {
    what: "alert definitions",
    resource: `
resource "outbound_uptrends_alert_definition" "many" {
  count = ${COUNT}
  name  = "Definition ${"${count.index}"}"
}`,
  },
};

/** What a plan that finds nothing to do costs in each system: time, and requests. */
export async function everySystem(): Promise<Row[]> {
  const data = new Workspace(terraformData(COUNT), {});
  await data.apply();
  const baseline = median((await repeat(PLANS, () => data.plan())).map((one) => one.seconds));
  data.remove();

  const rows: Row[] = [];
  for (const [system, { what, resource }] of Object.entries(MANY)) {
    const sandbox = await startSandboxProcess(system);
    const workspace = new Workspace(`${REQUIREMENT}${resource}`, sandbox.environment);
    await workspace.apply();
    await sandbox.takeRequestCount();
    const plans = await repeat(PLANS, () => workspace.plan());
    const requests = (await sandbox.takeRequestCount()) / PLANS;
    workspace.remove();
    await sandbox.stop();
    const seconds = median(plans.map((one) => one.seconds));
    rows.push({
      what: `no-op plan of ${COUNT} ${what} (${system}), ${Math.round(requests)} API requests`,
      ours: `${seconds.toFixed(2)} s`,
      baseline: `${COUNT} \`terraform_data\`: ${baseline.toFixed(2)} s`,
      ratio: seconds / baseline,
    });
  }
  return rows;
}
