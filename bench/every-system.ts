import { dataConfiguration, dataState, REQUIREMENT } from "./flows";
import { terraformVersion } from "./machine";
import { inSeconds, median, repeat } from "./measure";
import { secondsIn } from "./planned";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import { stateFile } from "./state-file";
import type { Subject } from "./subject";
import { Workspace } from "./workspace";

/** Enough that a request for each would show. */
const COUNT = 100;
const PLANS = 3;

/** Many of one kind in each system that has an API with lists. UiPath's mail settings are one each, Ksaar has no API. */
const MANY: Readonly<Record<string, { readonly what: string; readonly configuration: string }>> = {
  vrops: {
    what: "notification rules",
    configuration: `
resource "outbound_vrops_email_plugin" "mail" {
  name           = "Prod SMTP"
  smtp_host      = "203.0.113.25"
  smtp_port      = 25
  security       = "none"
  sender_address = "alerts@example.com"
}
${many("outbound_vrops_notification_rule", {
  name: `"Critical \${count.index}"`,
  plugin_id: "outbound_vrops_email_plugin.mail.id",
  receivers: `["oncall@example.com"]`,
  criticalities: `["CRITICAL"]`,
})}`,
  },
  uipath: {
    what: "webhooks",
    configuration: many("outbound_uipath_webhook", {
      name: `"Hook \${count.index}"`,
      url: `"https://hooks.example.com/\${count.index}"`,
    }),
  },
  alertops: {
    what: "inbound integrations",
    configuration: many("outbound_alertops_inbound_integration", {
      name: `"Source \${count.index}"`,
      escalation_policy: `"Standard"`,
    }),
  },
  uptrends: {
    what: "alert definitions",
    configuration: many("outbound_uptrends_alert_definition", { name: `"Definition \${count.index}"` }),
  },
};

/** As many of one type, with these expressions. */
function many(type: string, attributes: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ count: String(COUNT), ...attributes }).map(
    ([name, value]) => `  ${name} = ${value}\n`,
  );
  return `resource "${type}" "many" {\n${lines.join("")}}\n`;
}

/** What a plan that finds nothing to do costs in each system: time, and requests. */
export async function everySystem(subjects: readonly Subject[]): Promise<Row[]> {
  const data = new Workspace({
    files: {
      "main.tf": dataConfiguration(COUNT),
      "terraform.tfstate": stateFile([dataState(COUNT)], terraformVersion()),
    },
  });
  const baseline = secondsIn(await repeat(PLANS, () => data.plan()));
  data.remove();

  const rows: Row[] = [];
  for (const [system, { what, configuration }] of Object.entries(MANY)) {
    const sandbox = await startSandboxProcess(system);
    // One release of Node.js is enough: what differs from system to system is not the start.
    for (const subject of subjects.slice(0, 1)) {
      const { environment } = sandbox;
      const workspace = new Workspace({
        files: { "main.tf": `${REQUIREMENT}\n${configuration}` },
        environment,
        subject,
      });
      await workspace.apply();
      await sandbox.takeRequestCount();
      const plans = secondsIn(await repeat(PLANS, () => workspace.plan()));
      const requests = (await sandbox.takeRequestCount()) / PLANS;
      workspace.remove();
      rows.push({
        what: `no-op plan of ${COUNT} ${what} (${system})`,
        node: subject.label,
        ours: inSeconds(median(plans)),
        baseline: `${COUNT} \`terraform_data\`: ${inSeconds(median(baseline))}`,
        ratio: median(plans) / median(baseline),
      });
      rows.push({
        what: `API requests, no-op plan of ${COUNT} ${what} (${system})`,
        node: subject.label,
        ours: String(Math.round(requests)),
        baseline: "",
      });
    }
    await sandbox.stop();
  }
  return rows;
}
