import type { Smtp } from "../../lib/core/topology";
import type {
  AlertSource,
  Escalation,
  Flow,
  Mailer,
  Member,
  Route,
  EscalationStep,
  Test,
  Topology,
} from "../../lib/topology";

/** Parts of a topology that break no rule; each test says what differs. */

const SMTP: Smtp = {
  host: "smtp.example.com",
  port: 587,
  security: "starttls",
  sender: "alerts@example.com",
  login: true,
  username: "alerts",
};

const place = { system: "vrops", title: "vROps" };

export const smtp = (differs: Partial<Smtp> = {}): Smtp => ({ ...SMTP, ...differs });

export const mailer = (differs: Partial<Mailer> = {}): Mailer => ({
  kind: "mailer",
  address: "outbound_vrops_email_plugin.plugin",
  ...place,
  name: "Prod SMTP",
  id: "plugin-1",
  enabled: true,
  smtp: SMTP,
  ...differs,
});

export const flow = (differs: Partial<Flow> = {}): Flow => ({
  kind: "flow",
  address: "outbound_ovh_vrops_flow.flow",
  ...place,
  system: "ovh",
  source: "pcc-192-0-2-10",
  lets: "vrops",
  ip: "198.100.1.25",
  port: 587,
  ...differs,
});

export const route = (differs: Partial<Route> = {}): Route => ({
  kind: "route",
  address: "outbound_vrops_notification_rule.route",
  ...place,
  name: "urgent",
  enabled: true,
  via: { mailer: "outbound_vrops_email_plugin.plugin" },
  receivers: ["oncall@example.com"],
  severities: ["CRITICAL"],
  resourceKinds: null,
  filtered: true,
  ...differs,
});

export const test = (differs: Partial<Test> = {}): Test => ({
  kind: "test",
  address: "outbound_test_email.test",
  ...place,
  system: "mail",
  smtp: SMTP,
  receivers: ["oncall@example.com"],
  flows: [],
  via: [],
  ...differs,
});

const uptrends = { system: "uptrends", title: "Uptrends" };

/** One that is made by the apply. */
export const source = (differs: Partial<AlertSource> = {}): AlertSource => ({
  kind: "alert-source",
  address: "outbound_uptrends_alert_definition.source",
  ...uptrends,
  name: "Prod",
  enabled: true,
  id: undefined,
  mayBeThere: false,
  ...differs,
});

export const step = (number: number | null = null): EscalationStep => ({
  source: "outbound_uptrends_alert_definition.source",
  step: number,
});

export const escalation = (differs: Partial<Escalation> = {}): Escalation => ({
  kind: "escalation",
  address: "outbound_uptrends_escalation_level.level",
  ...uptrends,
  name: "escalation level 1",
  enabled: true,
  of: step(1),
  ...differs,
});

export const member = (differs: Partial<Member> = {}): Member => ({
  kind: "member",
  address: "outbound_uptrends_alert_definition_member.member",
  ...uptrends,
  role: "watched",
  of: step(),
  ...differs,
});

export const topology = (parts: Partial<Topology> = {}): Topology => ({
  flows: [],
  mailers: [],
  routes: [],
  tests: [],
  sources: [],
  escalations: [],
  members: [],
  ...parts,
});
