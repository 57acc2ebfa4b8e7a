import type { Problem } from "../../core/problem";
import { isMask } from "../kit/mask";
import { without } from "../kit/without";
import type { ChangedPlugin, NewPlugin, Plugin } from "./contract";
import { toRemove, valuesOf, type DesiredPlugin } from "./desired-plugin";
import { secretNotResent } from "./errors";

type WholePlugin = ChangedPlugin & { readonly configValues: { name: string; value: string }[] };

/** The body of a new plugin. */
export const newPluginBody = (desired: DesiredPlugin): NewPlugin => ({
  pluginTypeId: desired.pluginTypeId,
  name: desired.name,
  ...(desired.description ? { description: desired.description } : {}),
  configValues: pairs([...desired.values, ...desired.secrets]),
});

/** The body of an update: everything that the server holds, overlaid with the declared values. */
export function changedPluginBody(
  fresh: Plugin,
  desired: DesiredPlugin,
  report: (problem: Problem) => void,
): WholePlugin {
  const values = new Map<string, string>();
  const removed = toRemove(valuesOf(fresh), desired);
  const lost: { masked: string[]; absent: string[] } = { masked: [], absent: [] };
  for (const { name, value } of fresh.configValues ?? []) {
    if (removed.has(name) || typeof value !== "string") continue;
    if (isMask(value)) {
      if (!desired.secrets.has(name) && !desired.values.has(name)) lost.masked.push(name);
    } else {
      values.set(name, value);
    }
  }
  for (const [key, value] of [...desired.values, ...desired.secrets]) values.set(key, value);
  for (const key of desired.secretKeys) {
    if (!values.has(key) && !lost.masked.includes(key) && !desired.removed.has(key)) lost.absent.push(key);
  }
  for (const shown of ["masked", "absent"] as const) {
    if (lost[shown].length > 0) report(secretNotResent(desired.name, lost[shown], shown));
  }
  return {
    // Read-only members, and members of answers only; everything else, `version` included, goes back unchanged.
    ...without(fresh, "enabled", "certificates", "links"),
    pluginId: fresh.pluginId,
    pluginTypeId: desired.pluginTypeId,
    name: desired.name,
    description: desired.description ?? "",
    configValues: pairs([...values]),
  };
}

/** The body, without warning the user again of secrets that could not be sent. */
export const quietBody = (fresh: Plugin, desired: DesiredPlugin) => changedPluginBody(fresh, desired, () => undefined);

const pairs = (values: readonly (readonly [string, string])[]) => values.map(([name, value]) => ({ name, value }));
