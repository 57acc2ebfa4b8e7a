import type { SimulatedObject } from "../../kit/simulator/objects";
import type { PluginStore } from "./plugin-store";
import type { RuleStore } from "./rule-store";

/** The objects: every plugin and every rule. */
export function objects(plugins: PluginStore, { rules }: RuleStore): SimulatedObject[] {
  return [
    ...plugins.plugins.list().map((plugin) => ({
      type: plugin.pluginTypeId === "StandardEmailPlugin" ? "outbound_vrops_email_plugin" : "outbound_vrops_plugin",
      id: plugin.pluginId,
      name: plugin.name,
      foreign: plugins.plugins.isForeign(plugin.pluginId),
      settings: plugins.masked(plugin),
    })),
    ...rules.list().map((rule) => ({
      type: "outbound_vrops_notification_rule",
      id: rule.id,
      name: rule.name,
      foreign: rules.isForeign(rule.id),
      settings: { ...rule },
    })),
  ];
}
