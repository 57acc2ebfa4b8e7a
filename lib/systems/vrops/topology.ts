import type { ConnectionSecurity } from "../../core/topology";
import { anyOf, isSet, topologyOf, type TopologyByType } from "../kit/topology";
import { emailPluginSchema } from "./email-plugin.schema";
import { notificationRuleSchema } from "./notification-rule.schema";
import { pluginSchema } from "./plugin.schema";

export const topology: TopologyByType = {
  ...topologyOf(emailPluginSchema, (plugin) => [
    {
      kind: "mailer",
      name: plugin.name ?? undefined,
      id: plugin.id,
      enabled: plugin.enabled ?? undefined,
      smtp: {
        host: plugin.smtp_host,
        port: plugin.smtp_port,
        security: (plugin.security ?? undefined) as ConnectionSecurity | undefined,
        sender: plugin.sender_address,
        login: isSet(plugin.username),
        username: plugin.username,
      },
    },
  ]),
  ...topologyOf(pluginSchema, (plugin) => [
    { kind: "mailer", name: plugin.name ?? undefined, id: plugin.id, enabled: plugin.enabled ?? undefined },
  ]),
  ...topologyOf(notificationRuleSchema, (rule) => [
    {
      kind: "route",
      name: rule.name ?? undefined,
      enabled: rule.enabled ?? undefined,
      via: { attribute: "plugin_id", id: rule.plugin_id },
      // No configuration has other receivers. A plan that does not know them yet declares some of them, and those count.
      receivers: together(rule.receivers, rule.cc_receivers, rule.bcc_receivers, rule.other_receivers ?? null),
      severities: rule.criticalities,
      resourceKinds: rule.resource_kinds && rule.resource_kinds.map((one) => kindName(one)),
      filtered: anyOf(
        ...[
          rule.criticalities,
          rule.alert_statuses,
          rule.alert_control_states,
          rule.resource_kinds,
          rule.alert_definition_ids,
        ].map(isSet),
      ),
    },
  ]),
};

/** Combines the receivers of all headers; if one list is unknown, so is the result. */
function together(...lists: readonly (readonly string[] | null | undefined)[]): string[] | undefined {
  if (lists.includes(undefined)) return undefined;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/** The name of a resource kind. A kind that is masked in a plan contains neither word. */
function kindName(kind: { readonly adapter_kind?: string; readonly resource_kind?: string }): string {
  const { adapter_kind: adapter, resource_kind: name } = kind;
  return adapter === undefined && name === undefined ? "(sensitive)" : `${adapter ?? ""} ${name ?? ""}`.trim();
}
