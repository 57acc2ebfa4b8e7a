import { ProblemError } from "../../core/problem";
import type { Context } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import { settleCertificates } from "./certificates";
import type { VropsClient } from "./client";
import type { ChangedPlugin, NameValue, Plugin } from "./contract";
import {
  enabledAgain,
  leftDisabled,
  putBackDone,
  putBackFailed,
  secretNotResent,
  staleVersion,
  vanished,
} from "./errors";
import { isMask } from "../kit/mask";
import { without } from "./without";

/** A plugin as the user wants it, whatever its type. */
export interface DesiredPlugin {
  readonly pluginTypeId: string;
  readonly name: string;
  readonly description: string | null;
  /** Settings that must have these values. */
  readonly values: ReadonlyMap<string, string>;
  /** Settings that must not be there. Everything else the server holds stays. */
  readonly removed: ReadonlySet<string>;
  /** Secrets that are known now. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Keys that hold secrets, known or not: what the server shows of them is never written back unless it is the real value. */
  readonly secretKeys: ReadonlySet<string>;
  readonly enabled: boolean;
  readonly pin: string | null;
}

type Ctx = Pick<Context<VropsClient>, "client" | "signal" | "report" | "log">;

/** For setting things right after a failure: the handler's own signal may be what failed. */
const RECOVERY_MS = 15_000;

/** True when the server holds everything that is wanted, secrets (which cannot be seen) left aside. */
export function holds(current: Plugin, desired: DesiredPlugin): boolean {
  const values = valuesOf(current);
  return (
    current.name === desired.name &&
    (current.description ?? "") === (desired.description ?? "") &&
    // A switch that is absent is off.
    [...desired.values].every(
      ([key, value]) => (values.get(key) ?? (value === "false" ? value : undefined)) === value,
    ) &&
    [...desired.removed].every((key) => !values.get(key))
  );
}

/**
 * Makes an existing plugin as desired: disable, PUT, PATCH certificates, enable, in the vendor's order.
 * When only the switch differs it is one call, when nothing differs none. `force` writes although
 * nothing visible differs: for secrets and certificates.
 *
 * A failure after disabling enables the plugin again and reports both.
 */
export async function syncPlugin(current: Plugin, desired: DesiredPlugin, force: boolean, context: Ctx): Promise<void> {
  const { client, signal } = context;
  const id = current.pluginId;
  if (!force && holds(current, desired)) {
    if (current.enabled !== desired.enabled) await client.plugins.setEnabled(id, desired.enabled, signal);
    return;
  }
  // Absent means that the release does not tell: disabling a disabled plugin is harmless.
  const wasEnabled = current.enabled !== false;
  if (wasEnabled) await client.plugins.setEnabled(id, false, signal);
  try {
    const { fresh, updated } = await write(id, desired, context);
    try {
      await settleCertificates(updated, quietBody(updated, desired), desired.pin, context, "update");
    } catch (error) {
      // Otherwise the next plan would find the new settings in force and nothing left to do.
      await putBack(fresh, updated, desired, context);
      throw error;
    }
    if (desired.enabled) await client.plugins.setEnabled(id, true, signal);
  } catch (error) {
    throw wasEnabled ? await enableAgain(id, desired.name, error, context) : error;
  }
}

/** Reads after disabling (8.x counts that as a change), writes, and once more when somebody was faster. */
async function write(
  id: string,
  desired: DesiredPlugin,
  { client, signal, report }: Ctx,
): Promise<{ fresh: Plugin; updated: Plugin }> {
  const fresh = await existing(id, client, signal);
  const body = bodyOf(fresh, desired, report);
  try {
    return { fresh, updated: await client.plugins.update(body, signal) };
  } catch (error) {
    if (!(error instanceof CallError) || typeof fresh.version !== "number") throw error;
    // A stale version is 409 in some releases, a 500 without a word about it in others: the version itself tells.
    const again = await existing(id, client, signal);
    if (again.version === fresh.version) throw error;
    try {
      return { fresh: again, updated: await client.plugins.update(quietBody(again, desired), signal) };
    } catch (second) {
      throw second instanceof CallError && second.status === 409
        ? new ProblemError(staleVersion(desired.name, second.problems[0]?.evidence ?? ""))
        : second;
    }
  }
}

async function existing(id: string, client: VropsClient, signal: AbortSignal): Promise<Plugin> {
  const plugin = await client.plugins.get(id, signal);
  if (plugin === undefined) throw new ProblemError(vanished("plugin", id));
  return plugin;
}

/** Read, overlay, write: what the server holds, with what is declared on top. */
export function bodyOf(
  fresh: Plugin,
  desired: DesiredPlugin,
  report: Ctx["report"],
): ChangedPlugin & { configValues: { name: string; value: string }[] } {
  // Read-only or answered only; everything else, `version` included, goes back as it came.
  const held = without(fresh, ["enabled", "certificates", "links"]);
  const values = new Map<string, string>();
  const lost: { masked: string[]; absent: string[] } = { masked: [], absent: [] };
  for (const { name, value } of fresh.configValues ?? []) {
    if (desired.removed.has(name) || typeof value !== "string") continue;
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
    ...held,
    pluginTypeId: desired.pluginTypeId,
    name: desired.name,
    description: desired.description ?? "",
    configValues: [...values].map(([name, value]) => ({ name, value })),
  };
}

/** The body without telling the user again what could not be sent. */
export const quietBody = (fresh: Plugin, desired: DesiredPlugin) => bodyOf(fresh, desired, () => undefined);

/** Writes the settings from before an update whose server is not trusted. */
async function putBack(before: Plugin, now: Plugin, desired: DesiredPlugin, { client, report }: Ctx): Promise<void> {
  const values = valuesOf(before);
  const previous: DesiredPlugin = {
    ...desired,
    name: before.name,
    description: before.description ?? null,
    values: new Map([...values].filter(([, value]) => !isMask(value))),
    removed: new Set([...valuesOf(now).keys()].filter((key) => !values.has(key) && !desired.secrets.has(key))),
  };
  try {
    await client.plugins.update(quietBody(now, previous), AbortSignal.timeout(RECOVERY_MS));
    report(putBackDone(before.name));
  } catch (error) {
    report(putBackFailed(before.name, error instanceof Error ? error.message : String(error)));
  }
}

async function enableAgain(id: string, name: string, error: unknown, { client, report, log }: Ctx): Promise<unknown> {
  try {
    await client.plugins.setEnabled(id, true, AbortSignal.timeout(RECOVERY_MS));
  } catch (second) {
    log.error("the plugin stays disabled after a failed update", { id });
    report(leftDisabled(name, second instanceof Error ? second.message : String(second)));
    return error;
  }
  report(enabledAgain(name));
  return error;
}

export function valuesOf(plugin: Plugin): Map<string, string> {
  return new Map((plugin.configValues ?? []).map(({ name, value }: NameValue) => [name, value ?? ""]));
}
