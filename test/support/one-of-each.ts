import type { Sandbox } from "../../lib/sandbox";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import type { Kept, WiredProvider } from "./wired-provider";

/** What is declared of each type: an object, a change of it in place, and what it stands on. */
export interface Row {
  readonly type: string;
  readonly config: (made: Made) => ValueObject | Promise<ValueObject>;
  readonly change: ValueObject;
  /** Why nothing of this type is imported. */
  readonly notImported?: string;
}

export interface Made {
  /** The id of what an earlier row has made. */
  idOf(type: string): string;
  /** The id of what a data source finds by name. */
  found(type: string, name: string): Promise<string>;
  readonly sandbox: Sandbox;
}

const smtp = { smtp_host: "203.0.113.25", smtp_port: 587, sender_address: "alerts@example.com" };
const DEFINITION = "outbound_uptrends_alert_definition";
const patience = { timeouts: { create: "4m", read: null, update: null, delete: null } };
// GUIDs are the same whatever the case of their letters, and people copy them as they come.
const upper = (id: string) => id.toUpperCase();

export const ONE_OF_EACH: readonly Row[] = [
  {
    type: "outbound_ovh_vrops_flow",
    config: () => ({ service_name: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587, description: "relay" }),
    change: { description: "alerts" },
  },
  {
    type: "outbound_vrops_email_plugin",
    config: () => ({ name: "Prod SMTP", security: "starttls", ...smtp }),
    change: { name: "Production SMTP" },
  },
  {
    type: "outbound_vrops_plugin",
    config: () => ({ plugin_type_id: "Log File", name: "Alert log", config_values: { output_folder: "/var/log/a" } }),
    change: { name: "Alarms" },
  },
  {
    type: "outbound_vrops_notification_rule",
    config: ({ idOf }) => ({
      name: "Critical",
      plugin_id: idOf("outbound_vrops_email_plugin"),
      receivers: ["oncall@example.com"],
    }),
    change: { name: "On call" },
  },
  { type: "outbound_uipath_tenant_mail", config: () => smtp, change: { sender_name: "Alerting" } },
  { type: "outbound_uipath_system_mail", config: () => smtp, change: { sender_name: "UiPath" } },
  {
    type: "outbound_uipath_webhook",
    config: () => ({ name: "Hook", url: "https://hooks.example.com/alerts" }),
    change: { name: "Hooked" },
  },
  { type: DEFINITION, config: () => ({ name: "Prod", enabled: false }), change: { name: "Production" } },
  {
    type: "outbound_uptrends_escalation_level",
    config: ({ idOf }) => ({ alert_definition_id: idOf(DEFINITION), level: 1, threshold_error_count: 3 }),
    change: { threshold_error_count: 4 },
  },
  {
    type: "outbound_uptrends_integration_attachment",
    config: async ({ idOf, found }) => ({
      alert_definition_id: upper(idOf(DEFINITION)),
      level: 1,
      integration_id: await found("outbound_uptrends_integration", "Email"),
      extra_email_addresses: ["oncall@example.com"],
    }),
    change: { extra_email_addresses: ["noc@example.com"] },
  },
  {
    type: "outbound_uptrends_alert_definition_member",
    config: async ({ idOf, found }) => ({
      alert_definition_id: upper(idOf(DEFINITION)),
      monitor_id: await found("outbound_uptrends_monitor", "Shop"),
    }),
    change: patience,
  },
  {
    type: "outbound_uptrends_escalation_level_member",
    config: async ({ idOf, found }) => ({
      alert_definition_id: idOf(DEFINITION),
      level: 2,
      operator_group_id: upper(await found("outbound_uptrends_operator_group", "NOC")),
    }),
    change: patience,
  },
  {
    type: "outbound_alertops_inbound_integration",
    config: () => ({ name: "Uptrends on call", escalation_policy: "Standard", recipient_groups: ["NOC"] }),
    change: { enabled: false },
  },
  {
    type: "outbound_ksaar_smtp_connection",
    config: () => ({
      name: "Alerts",
      sender: smtp.sender_address,
      host: "203.0.113.25",
      port: 587,
      without_login: true,
      verify: "off",
    }),
    // Its id is its name: the object is the same one all the same.
    change: { name: "Alarms" },
    notImported: "there is no API to read it from",
  },
  {
    type: "outbound_test_email",
    config: ({ sandbox }) => ({
      ...reachable(sandbox),
      from_address: smtp.sender_address,
      to: ["oncall@example.com"],
      on_failure: "warn",
    }),
    change: { rerun_after: "30d" },
    notImported: "a test that was sent",
  },
];

const reachable = (sandbox: Sandbox): ValueObject => ({
  smtp_host: sandbox.environment()["OUTBOUND_SANDBOX_SMTP_HOST"]!,
  smtp_port: Number(sandbox.environment()["OUTBOUND_SANDBOX_SMTP_PORT"]),
});

/** What the rows need of the provider, and of what the rows before them have made. */
export const madeBy = (
  provider: () => WiredProvider,
  sandbox: () => Sandbox,
  made: ReadonlyMap<string, { readonly kept: Kept }>,
): Made => ({
  idOf: (type) => made.get(type)!.kept.state!["id"] as string,
  found: async (type, name) => (await provider().data(type, { name }))["id"] as string,
  get sandbox() {
    return sandbox();
  },
});
