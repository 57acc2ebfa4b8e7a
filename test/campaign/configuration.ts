import { outboundProvider } from "../../lib/provider/definition";
import type { Sandbox } from "../../lib/sandbox";
import { ownedTypes, type OwnedType } from "../acceptance/support/owned-types";
import type { Declared } from "./trial";

/** By type, a text of its block and what to put in its place for a change in place. */
const CHANGES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  outbound_ovh_vrops_flow: ['"SMTP relay"', '"Mail relay"'],
  outbound_vrops_email_plugin: ['"alerts@example.com"', '"noreply@example.com"'],
  outbound_vrops_plugin: ["/var/log/alerts", "/var/log/others"],
  outbound_vrops_notification_rule: ["noc@example.com", "duty@example.com"],
  outbound_uipath_tenant_mail: ['"alerts@example.com"', '"noreply@example.com"'],
  outbound_uipath_system_mail: ['"alerts@example.com"', '"noreply@example.com"'],
  outbound_uipath_webhook: ["/uipath", "/orchestrator"],
  outbound_uptrends_escalation_level: ["threshold_error_count = 3", "threshold_error_count = 5"],
  outbound_alertops_inbound_integration: ["enabled           = true", "enabled           = false"],
};

export const TYPES = ownedTypes.map(({ type, identities }) => ({
  type,
  identities: identities === undefined ? 1 : 2,
  changes: CHANGES[type] !== undefined,
}));

/** What objects are called in messages: their identities, and settings by what they are of. */
export const NAMES: readonly string[] = [
  ...ownedTypes.flatMap(({ identities }) => (identities === undefined ? [] : [identities.of, ...identities.others])),
  ...["tenant", "organization", "level 1", "level 2", "Levels", "Attachments", "Rule SMTP", "AlertOps - prod"],
];

/** So long each operation may take, unless it is a clean run that must not fail. */
export const OPERATION_SECONDS = 20;

/** The configuration in HCL, in which the mail settings have the planted secret as their password. */
export function configuration(declared: readonly Declared[], sandbox: Sandbox): string {
  const beside = new Set(declared.map(({ type }) => typeOf(type).beside ?? ""));
  return [PASSWORD, ...beside, ...declared.map((one) => block(one, sandbox))].join("\n");
}

const PASSWORD = `
variable "smtp_password" {
  type      = string
  ephemeral = true
}`;

function block(one: Declared, sandbox: Sandbox): string {
  const { type, identities, body } = typeOf(one.type);
  const [from, to] = one.changed ? (CHANGES[type] ?? ["", ""]) : ["", ""];
  let text = body(sandbox).replaceAll(from === "" ? "\0" : from, to);
  if (identities !== undefined && one.identity > 0) {
    text = text.replaceAll(identities.of, identities.others[one.identity - 1]!);
  }
  return `resource "${type}" "number${one.identity}" {${text}\n${patience(type)}}`;
}

function patience(type: string): string {
  const attribute = outboundProvider.resources.find(({ handler }) => handler.schema.type === type)?.handler.schema
    .attributes["timeouts"];
  const operations = Object.keys(attribute?.nested?.attributes ?? {});
  if (operations.length === 0) return "";
  return `  timeouts = { ${operations.map((name) => `${name} = "${OPERATION_SECONDS}s"`).join(", ")} }\n`;
}

function typeOf(type: string): OwnedType {
  const found = ownedTypes.find((one) => one.type === type);
  if (found === undefined)
    throw new Error(`the campaign cannot declare ${type}; it knows ${TYPES.map((one) => one.type).join(", ")}`);
  return found;
}
