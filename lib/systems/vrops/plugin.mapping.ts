import type { Plugin, PluginType } from "./contract";
import type { PluginState } from "./plugin.schema";
import { isMask } from "../kit/mask";
import { valuesOf, type DesiredPlugin } from "./desired-plugin";
import { serverAmong } from "./openssl-command";
import { looksSecret } from "./secrets";
import { textOrNull } from "./email-plugin.mapping";

/**
 * The attributes as a desired plugin. A key that only the prior state has is removed; keys that were never declared stay.
 */
export function desiredPlugin(
  planned: PluginState,
  prior: PluginState | null,
  secrets: Readonly<Record<string, string>> | null,
  type: PluginType | undefined,
): DesiredPlugin {
  const values = new Map(Object.entries(planned.config_values ?? {}));
  const known = new Map(Object.entries(secrets ?? {}));
  const removed = Object.keys(prior?.config_values ?? {}).filter((key) => !values.has(key) && !known.has(key));
  return {
    pluginTypeId: planned.plugin_type_id,
    name: planned.name,
    description: planned.description,
    values,
    removed: new Set(removed),
    secrets: known,
    // A type may have secrets that nobody uses; only a given value, or a mask, shows that there is one.
    secretKeys: new Set([...known.keys()].filter((key) => isSecret(type, key))),
    enabled: planned.enabled,
    pin: planned.trusted_certificate_thumbprint,
    server: serverAmong(values.values()),
  };
}

/** The state of the declared keys; after an import, of all keys that are not secret. */
export function pluginState(
  plugin: Plugin,
  prior: Partial<PluginState>,
  imported: boolean,
  type: PluginType | undefined,
): PluginState {
  return {
    id: plugin.pluginId,
    plugin_type_id: plugin.pluginTypeId,
    name: plugin.name,
    description: textOrNull(plugin.description, prior.description),
    config_values: plugin.configValues ? shown(plugin, prior, imported, type) : (prior.config_values ?? null),
    sensitive_config_values_wo: null,
    sensitive_config_values_wo_version: prior.sensitive_config_values_wo_version ?? 1,
    enabled: plugin.enabled ?? prior.enabled ?? true,
    trusted_certificate_thumbprint: prior.trusted_certificate_thumbprint ?? null,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

function shown(
  plugin: Plugin,
  prior: Partial<PluginState>,
  imported: boolean,
  type: PluginType | undefined,
): Record<string, string> | null {
  const held = [...valuesOf(plugin)];
  if (imported) {
    const open = held.filter(([key, value]) => value !== "" && !isMask(value) && !isSecret(type, key));
    return open.length > 0 ? Object.fromEntries(open) : null;
  }
  if (!prior.config_values) return null;
  const declared = prior.config_values;
  // vROps treats empty and absent alike; a declared "" stays when it returns nothing.
  const found = held.filter(([key]) => Object.hasOwn(declared, key) && !isSecret(type, key));
  const empty = Object.entries(declared).filter(
    ([key, value]) => value === "" && !found.some(([other]) => other === key),
  );
  return Object.fromEntries([...found, ...empty]);
}

/** Whether a key is secret, by the type's description where it has one; otherwise by the key's name. */
export function isSecret(type: PluginType | undefined, key: string): boolean {
  const property = type?.properties?.find((candidate) => candidate.key === key);
  return property?.dataType ? property.dataType === "PASSWORD" : looksSecret(key);
}
