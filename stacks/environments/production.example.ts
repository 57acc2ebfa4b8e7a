import { S3Backend } from "cdktf";
import { Receiver, Secret, SmtpServer, type VropsAlerts } from "cdktf-provider-outbound";
import { defineEnvironment, type AlertPlatform } from "../environment";

/**
 * A production environment: copy this file to `production.ts`, enter your own values, and deploy it with
 * `OUTBOUND_ENVIRONMENT=production npx cdktf deploy`. Keys and passwords are not in this file: they come from
 * OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY and from the variables named below, which your pipeline
 * sets.
 */

const relay = SmtpServer.startTls("smtp.example.com", {
  ip: "203.0.113.25",
  port: 587,
  // Raise `version` when the password changes: Terraform then sends the new one and tests again.
  login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD", { version: 1 }) },
  sender: { address: "alerts@example.com", name: "Alerting" },
});

const oncall = Receiver.email("oncall@example.com", "On call");
const capacity = Receiver.email("capacity@example.com", "Capacity team");

const urgent: VropsAlerts = { criticalities: ["CRITICAL", "IMMEDIATE"], resendMinutes: 60 };
const later: VropsAlerts = { criticalities: ["WARNING"], delayMinutes: 30 };

/** The fleet: one line for each Hosted Private Cloud, each with a vROps of its own. */
const fleet = {
  paris: { service: "pcc-192-0-2-10", url: "https://vrops-paris.example.com" },
  lyon: { service: "pcc-192-0-2-20", url: "https://vrops-lyon.example.com" },
};

export default defineEnvironment(() => ({
  backend: (stack) =>
    new S3Backend(stack, { bucket: "example-terraform-state", key: `${stack.node.id}.tfstate`, region: "eu-west-3" }),
  // With many sites, one stack for each, "outbound-production-paris": docs/fleets.md of the package.
  // split: "platform",
  provider: { ovh: { endpoint: "ovh-eu" } },
  policy: { allowedDomains: ["example.com"], severities: { "authentication-required": "error" } },
  platforms: Object.fromEntries(
    Object.entries(fleet).map(([site, { service, url }]): [string, AlertPlatform] => [
      site,
      {
        service,
        server: relay,
        plugin: "Alert relay",
        receivers: [oncall],
        routes: {
          urgent: { receivers: [oncall], alerts: urgent },
          later: { receivers: [capacity], alerts: later },
        },
        vrops: {
          url,
          username: "automation",
          password: Secret.environment(`VROPS_${site.toUpperCase()}_PASSWORD`),
        },
      },
    ]),
  ),
}));
