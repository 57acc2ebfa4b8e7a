/** Plans as `terraform show -json` writes them, stating only what a test is about. */
export interface ResourceJson {
  readonly type: string;
  readonly name?: string;
  /** With an instance key or a module where it matters. @default type.name */
  readonly address?: string;
  readonly actions?: readonly string[];
  readonly before?: Record<string, unknown> | null;
  readonly after?: Record<string, unknown> | null;
  readonly extra?: Record<string, unknown>;
  readonly change?: Record<string, unknown>;
}

export function planJson(resources: readonly ResourceJson[], extra: Record<string, unknown> = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: resources.map(resourceJson),
    configuration: { root_module: {} },
    timestamp: "2026-01-02T03:04:05Z",
    applyable: true,
    complete: true,
    errored: false,
    ...extra,
  });
}

export function resourceJson({
  type,
  name = "this",
  address,
  actions,
  before = null,
  after = null,
  extra,
  change,
}: ResourceJson) {
  return {
    address: address ?? `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/cdktf-outbound/outbound",
    change: {
      actions: actions ?? verbs(before, after),
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
    },
    ...extra,
  };
}

function verbs(before: unknown, after: unknown): string[] {
  if (before === null) return ["create"];
  if (after === null) return ["delete"];
  return [JSON.stringify(before) === JSON.stringify(after) ? "no-op" : "update"];
}

export const flow = (more: Record<string, unknown> = {}) => ({
  id: "pcc-192-0-2-10/41",
  service_name: "pcc-192-0-2-10",
  ip: "203.0.113.25",
  port: 587,
  description: "alert mail",
  flow_id: 41,
  state: "delivered",
  adopt_existing: false,
  timeouts: null,
  ...more,
});

export const plugin = (more: Record<string, unknown> = {}) => ({
  id: "plugin-1",
  name: "Prod SMTP",
  description: null,
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  security: "starttls",
  username: "alerts@example.com",
  password_wo: null,
  password_wo_version: 1,
  sender_address: "alerts@example.com",
  sender_name: null,
  enabled: true,
  trusted_certificate_thumbprint: null,
  adopt_existing: false,
  timeouts: null,
  ...more,
});

export const rule = (more: Record<string, unknown> = {}) => ({
  id: "rule-1",
  name: "Critical alerts to on-call",
  plugin_id: "plugin-1",
  receivers: ["boss@example.com", "oncall@example.com"],
  cc_receivers: null,
  bcc_receivers: null,
  other_receivers: null,
  description: null,
  enabled: true,
  criticalities: ["CRITICAL", "IMMEDIATE"],
  alert_statuses: null,
  alert_control_states: null,
  resource_kinds: null,
  alert_definition_ids: null,
  timeouts: null,
  ...more,
});

export const test = (more: Record<string, unknown> = {}) => ({
  id: "test-1",
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  security: "starttls",
  username: "alerts@example.com",
  from_address: "alerts@example.com",
  to: ["oncall@example.com"],
  declared_flows: ["203.0.113.25:587"],
  via: [{ system: "vrops", id: "plugin-1" }],
  stages: [],
  ...more,
});

export const FLOW = "outbound_ovh_vrops_flow";
export const PLUGIN = "outbound_vrops_email_plugin";
export const RULE = "outbound_vrops_notification_rule";
export const TEST = "outbound_test_email";

/** A working set-up of which a test changes one thing. */
export const kept = (type: string, values: Record<string, unknown>): ResourceJson => ({
  type,
  before: values,
  after: values,
});
