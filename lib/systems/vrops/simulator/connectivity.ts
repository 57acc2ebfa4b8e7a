import { knownAddress, type Outlet, type Connectivity } from "../../kit/simulator/connectivity";
import { rulePropertyForm, type VropsSimulatorOptions } from "./options";
import type { PluginStore, StoredPlugin } from "./plugin-store";
import { receiversOf } from "./rule-properties";
import type { RuleStore } from "./rule-store";

/**
 * The connectivity of vROps: every outbound instance, with the receivers of its rules; all are behind the hosting firewall.
 */
export function connectivity(plugins: PluginStore, rules: RuleStore, options: VropsSimulatorOptions): Connectivity {
  const receivers = (plugin: StoredPlugin) =>
    rules
      .ofPlugin(plugin.pluginId)
      .filter(({ enabled }) => enabled !== false)
      .flatMap(({ properties }) => receiversOf(properties, rulePropertyForm(options)));
  const outlet = (plugin: StoredPlugin): Outlet => ({
    name: plugin.name,
    enabled: plugin.enabled,
    behind: options.service,
    ...destinationOf(plugin, plugins, options),
    receivers: [...new Set(receivers(plugin))],
  });
  return { outlets: plugins.plugins.list().map(outlet) };
}

function destinationOf(plugin: StoredPlugin, plugins: PluginStore, options: VropsSimulatorOptions): Partial<Outlet> {
  if (plugin.pluginTypeId !== "StandardEmailPlugin") return { postsTo: plugin.values.get("Url") };
  const { host, port, security } = plugins.settings(plugin);
  return { smtp: { host, port, security, ip: knownAddress(host, options.hosts) } };
}
