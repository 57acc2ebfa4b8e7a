import { ProblemError } from "../../core/problem";
import { CallError } from "../kit/rest-api";
import { hasDependents } from "./errors";
import type { PluginRef, Plugins } from "./plugins";
import type { Rules } from "./rules";

/**
 * Deletes a plugin, unless something sends through it: vROps would delete the rules with it. 8.x does not know
 * `checkDependencies`, so the rules are read first. A missing plugin is no error.
 */
export async function deletePlugin(ref: PluginRef, plugins: Plugins, rules: Rules, signal: AbortSignal): Promise<void> {
  const through = async () => {
    const known = await plugins.rulesOf(ref, signal);
    const all = known ?? (await rules.objects.list(signal)).filter(({ pluginId }) => pluginId === ref.id);
    return all.map(({ name }) => name);
  };
  const dependents = await through();
  if (dependents.length > 0) throw new ProblemError(hasDependents(plugins.words, ref, dependents));
  try {
    await plugins.delete(ref, signal);
  } catch (error) {
    // The status for "in use" is not documented; any refusal of a well-formed deletion can only mean that.
    if (!(error instanceof CallError) || ![400, 409, 422].includes(error.status ?? 0)) throw error;
    const names = await through().catch(() => []);
    throw new ProblemError(hasDependents(plugins.words, ref, names, error.problems[0]?.evidence));
  }
}
