import { ProblemError } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import { timeoutSignal } from "../../core/signals";
import type { Context } from "../../terraform-plugin/resource";
import { isMask } from "../kit/mask";
import { vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import { settleCertificates } from "./certificates";
import type { Plugin } from "./contract";
import { allDifferences, settingsDifferences, switchDifference, valuesOf, type DesiredPlugin } from "./desired-plugin";
import { enabledAgain, leftDisabled, putBackDone, putBackFailed, staleVersion } from "./errors";
import { seeLoginKept } from "./login-kept";
import { changedPluginBody, quietBody } from "./plugin-body";
import type { PluginTypes } from "./plugin-types";
import type { PluginRef, Plugins } from "./plugins";

/** The context for changing a plugin. */
export interface PluginContext extends Pick<Context<unknown>, "signal" | "report" | "log"> {
  /** The plugins, under the words of the resource. */
  readonly plugins: Plugins;
  readonly pluginTypes: PluginTypes;
}

/** The time-out of restoring a plugin after a failure: the handler's own signal may be the cause. */
export const RECOVERY_MS = 15_000;

/**
 * Changes an existing plugin to the desired state, and checks it: disable, PUT, PATCH certificates, enable, in the vendor's
 * order. One call suffices when only the switch differs, none when nothing does. `force` writes although nothing visible
 * differs: for secrets and certificates. A failure after disabling enables the plugin again and reports both.
 *
 * @throws ProblemError `vrops/login-not-kept`, or `vrops/not-kept` when vROps reported success, but shows something else
 */
export async function syncPlugin(
  current: Plugin,
  desired: DesiredPlugin,
  force: boolean,
  context: PluginContext,
): Promise<Plugin> {
  const { plugins, signal } = context;
  const ref = { name: desired.name, id: current.pluginId };
  const settled = () => plugins.objects.settled(ref, (one) => allDifferences(one, desired), "change", signal);
  if (!force && settingsDifferences(current, desired).length === 0) {
    if (current.enabled === desired.enabled) return current;
    await plugins.setEnabled(ref, desired.enabled, signal);
    return settled();
  }
  // Absent means that the release does not show it: disabling a disabled plugin is harmless.
  const wasEnabled = current.enabled !== false;
  if (wasEnabled) await plugins.setEnabled(ref, false, signal);
  try {
    const { fresh, updated } = await write(ref, desired, context);
    try {
      await settleCertificates(updated, quietBody(updated, desired), desired, context, "update");
      await seeLoginKept(ref, desired, "update", context);
    } catch (error) {
      // Otherwise the next plan would find the new settings in force and nothing left to do.
      await putBack(fresh, updated, desired, context);
      throw error;
    }
    if (desired.enabled) await plugins.setEnabled(ref, true, signal);
    return await settled();
  } catch (error) {
    throw wasEnabled ? await enableAgain(ref, error, context) : error;
  }
}

/** Reads after disabling (8.x counts that as a change) and writes; retries once when another writer was faster. */
async function write(
  ref: PluginRef,
  desired: DesiredPlugin,
  { plugins, signal, report }: PluginContext,
): Promise<{ fresh: Plugin; updated: Plugin }> {
  // A reading from before disabling would contain an old version.
  const disabled = (one: Plugin) => switchDifference(one, false);
  const fresh = await plugins.objects.settled(ref, disabled, "change", signal);
  const body = changedPluginBody(fresh, desired, report);
  try {
    return { fresh, updated: await plugins.update(body, signal) };
  } catch (error) {
    if (!(error instanceof CallError) || typeof fresh.version !== "number") throw error;
    // A stale version is 409 in some releases, an unspecific 500 in others: the version itself decides.
    const again = await plugins.objects.get(ref.id, signal);
    if (again === undefined) throw new ProblemError(vanished(plugins.words, ref));
    if (again.version === fresh.version) throw error;
    try {
      return { fresh: again, updated: await plugins.update(quietBody(again, desired), signal) };
    } catch (second) {
      throw second instanceof CallError && second.status === 409
        ? new ProblemError(staleVersion(desired.name, second.problems[0]?.evidence ?? ""))
        : second;
    }
  }
}

/** Restores the settings from before an update whose server is not trusted, or whose login is not kept. */
async function putBack(
  before: Plugin,
  now: Plugin,
  desired: DesiredPlugin,
  { plugins, report }: PluginContext,
): Promise<void> {
  const values = valuesOf(before);
  const previous: DesiredPlugin = {
    ...desired,
    name: before.name,
    description: before.description ?? null,
    values: new Map([...values].filter(([, value]) => !isMask(value))),
    removed: new Set([...valuesOf(now).keys()].filter((key) => !values.has(key) && !desired.secrets.has(key))),
  };
  try {
    await plugins.update(quietBody(now, previous), timeoutSignal(RECOVERY_MS));
    report(putBackDone(before.name));
  } catch (error) {
    report(putBackFailed(before.name, wordsOf(error)));
  }
}

async function enableAgain(ref: PluginRef, error: unknown, { plugins, report, log }: PluginContext): Promise<unknown> {
  const name = ref.name ?? "";
  try {
    const signal = timeoutSignal(RECOVERY_MS);
    await plugins.setEnabled(ref, true, signal);
    await plugins.objects.settled(ref, (one) => switchDifference(one, true), "change", signal);
  } catch (second) {
    log.error("the plugin stays disabled after a failed update", { id: ref.id });
    report(leftDisabled(name, wordsOf(second)));
    return error;
  }
  report(enabledAgain(name));
  return error;
}

const wordsOf = (error: unknown) => messageOf(error);
