import { z } from "zod";
import { raiseAlert, raisedAlert } from "./alerts";
import type { Mailer } from "./mailer";
import type { PluginStore, StoredPlugin } from "./plugin-store";
import type { RuleStore, StoredRule } from "./rule-store";
import type { Tokens } from "./tokens";

interface Parts {
  readonly plugins: PluginStore;
  readonly rules: RuleStore;
  readonly tokens: Tokens;
  readonly mailer: Mailer;
}

/** Which object: by id or name; left out, it is the only one there is. */
const which = z.object({ id: z.string().optional(), name: z.string().optional() });
const pluginEdit = which.extend({
  newName: z.string().optional(),
  description: z.string().optional(),
  /** Settings by key; null removes one. */
  configValues: z.record(z.string(), z.string().nullable()).default({}),
});
const ruleEdit = which.extend({ set: z.record(z.string(), z.unknown()) });

/** What happens to vROps behind Terraform's back. */
export function interventions(parts: Parts): Record<string, (argument: unknown) => unknown> {
  const { plugins, rules, tokens } = parts;
  const plugin = (argument: unknown) => find([...plugins.plugins.values()], (it) => it.pluginId, argument, "plugin");
  const rule = (argument: unknown) => find([...rules.rules.values()], (it) => it.id, argument, "rule");
  return {
    "edit-plugin": (argument) => {
      const { newName, description, configValues } = pluginEdit.parse(argument ?? {});
      const target: StoredPlugin = plugin(argument);
      if (newName !== undefined) target.name = newName;
      if (description !== undefined) target.description = description;
      for (const [key, value] of Object.entries(configValues)) {
        if (value === null) target.values.delete(key);
        else target.values.set(key, value);
      }
      target.version++;
      return plugins.wire(target);
    },
    "delete-plugin": (argument) => {
      const target = plugin(argument);
      for (const dependent of rules.ofPlugin(target.pluginId)) rules.rules.delete(dependent.id);
      plugins.plugins.delete(target.pluginId);
      return { deleted: target.pluginId };
    },
    "disable-plugin": (argument) => {
      const target = plugin(argument);
      target.enabled = false;
      target.version++;
      return plugins.wire(target);
    },
    "edit-rule": (argument) => {
      const target: StoredRule = rule(argument);
      rules.rules.set(target.id, { ...target, ...ruleEdit.parse(argument).set, id: target.id });
      return rules.get(target.id);
    },
    "delete-rule": (argument) => {
      const target = rule(argument);
      rules.rules.delete(target.id);
      return { deleted: target.id };
    },
    "expire-tokens": () => ({ expired: tokens.expireAll() }),
    "raise-alert": (argument) => raiseAlert(raisedAlert.parse(argument ?? {}), parts),
  };
}

function find<T extends { readonly name: string }>(
  all: readonly T[],
  idOf: (item: T) => string,
  argument: unknown,
  what: string,
): T {
  const { id, name } = which.parse(argument ?? {});
  const found = all.filter((item) => (!id || idOf(item) === id) && (!name || item.name === name));
  if (found.length === 1) return found[0]!;
  throw new RangeError(
    `${found.length === 0 ? "No" : "More than one"} ${what} matches; there are: ${all.map((item) => item.name).join(", ") || "none"}`,
  );
}
