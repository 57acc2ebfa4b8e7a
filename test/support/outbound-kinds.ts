import type { Sandbox } from "../../lib/sandbox";
import { NAMES, type DependentKind, type Kind } from "./configuration-changes";

/** What the property test declares of each system: small names, so that they meet, and one detail that changes in place. */
export function outboundKinds(sandbox: Sandbox): readonly Kind[] {
  const smtp = {
    smtp_host: "203.0.113.25",
    smtp_port: 587,
    security: "starttls",
    sender_address: "alerts@example.com",
  };
  const service = sandbox.environment()["OUTBOUND_OVH_SERVICES"] ?? "pcc-192-0-2-10";
  return [
    {
      type: "outbound_ovh_vrops_flow",
      twins: false,
      block: (name, detail) => ({
        type: "outbound_ovh_vrops_flow",
        values: {
          service_name: service,
          ip: `203.0.113.${30 + NAMES.indexOf(name)}`,
          port: 587,
          description: `flow ${detail}`,
        },
      }),
    },
    {
      type: "outbound_vrops_email_plugin",
      twins: false,
      block: (name, detail) => ({
        type: "outbound_vrops_email_plugin",
        values: { name: `mail ${name}`, description: detail, ...smtp },
      }),
    },
    {
      type: "outbound_uipath_webhook",
      twins: true,
      block: (name, detail) => ({
        type: "outbound_uipath_webhook",
        values: { name: `hook ${name}`, description: detail, url: "https://hooks.example.com/alerts" },
      }),
    },
    {
      type: "outbound_uipath_tenant_mail",
      twins: false,
      single: true,
      block: (_name, detail) => ({
        type: "outbound_uipath_tenant_mail",
        values: {
          mode: "custom",
          smtp_host: "203.0.113.25",
          smtp_port: 587,
          enable_ssl: true,
          sender_address: "alerts@example.com",
          sender_name: `Alerting ${detail}`,
        },
      }),
    },
    {
      type: "outbound_uptrends_alert_definition",
      twins: true,
      block: (name, detail) => ({
        type: "outbound_uptrends_alert_definition",
        values: { name: `definition ${name}`, enabled: detail !== "two" },
      }),
    },
    {
      type: "outbound_alertops_inbound_integration",
      twins: true,
      block: (name, detail) => ({
        type: "outbound_alertops_inbound_integration",
        values: { name: `inbound ${name}`, enabled: detail !== "two" },
      }),
    },
  ];
}

/** A notification rule sends through a plugin of the configuration, so that something depends on something. */
export const ruleKind: DependentKind = {
  type: "outbound_vrops_notification_rule",
  of: "outbound_vrops_email_plugin",
  block: (name, detail, plugin) => ({
    type: "outbound_vrops_notification_rule",
    values: { name: `rule ${name}`, receivers: [`${detail}@example.com`] },
    references: { plugin_id: plugin },
  }),
};
