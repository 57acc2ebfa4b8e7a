import { ProblemError } from "../../core/problem";
import type { Context } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import { settleCertificates } from "./certificates";
import type { VropsClient } from "./client";
import type { Plugin } from "./contract";
import { adopted, adoptedChanged, ambiguous, conflicting } from "./errors";
import { holds, quietBody, syncPlugin, valuesOf, type DesiredPlugin } from "./plugin-sync";

type Ctx = Pick<Context<VropsClient>, "client" | "signal" | "report" | "log">;

export interface CreateOptions {
  /** For the import command. */
  readonly resourceType: string;
  readonly adoptExisting: boolean;
  /** Called as soon as the plugin is there to stay. */
  save(id: string): void;
}

const RECOVERY_MS = 15_000;

/** Observe, then create or take over, then bring it to the desired state. Answers the id. */
export function createPlugin(desired: DesiredPlugin, options: CreateOptions, context: Ctx): Promise<string> {
  const key = `${desired.pluginTypeId} ${desired.name}`;
  return context.client.plugins.claims.making(key, desired.name, () => ensurePlugin(desired, options, context));
}

async function ensurePlugin(desired: DesiredPlugin, options: CreateOptions, context: Ctx): Promise<string> {
  const { client, signal } = context;
  const before = await namesakes(desired, context);
  const equal = before.find((plugin) => isEqual(plugin, desired));
  if (equal !== undefined) return takeOver(equal, [], desired, options, context);
  if (before.length > 0) {
    if (before.length > 1) throw new ProblemError(ambiguous("plugin", options.resourceType, desired.name, ids(before)));
    return takeOver(before[0]!, differences(before[0]!, desired), desired, options, context);
  }

  const created = await post(desired, context);
  client.plugins.claims.take(created.pluginId, desired.name);
  if ((created.certificates ?? []).length === 0) options.save(created.pluginId);
  try {
    await settleCertificates(created, quietBody(created, desired), desired.pin, context, "create");
  } catch (error) {
    await removeHalfMade(created, options, context);
    throw error;
  }
  options.save(created.pluginId);
  if (desired.enabled) await client.plugins.setEnabled(created.pluginId, true, signal);
  return created.pluginId;
}

/** Posts; when the reply is lost, looks whether the plugin is there before it says that it failed. */
async function post(desired: DesiredPlugin, context: Ctx): Promise<Plugin> {
  try {
    return await context.client.plugins.create(
      {
        pluginTypeId: desired.pluginTypeId,
        name: desired.name,
        ...(desired.description ? { description: desired.description } : {}),
        configValues: [...desired.values, ...desired.secrets].map(([name, value]) => ({ name, value })),
      },
      context.signal,
    );
  } catch (error) {
    if (!(error instanceof CallError) || !error.mayHaveHappened) throw error;
    const found = (await namesakes(desired, context).catch(() => [])).find((plugin) => isEqual(plugin, desired));
    if (found === undefined) throw error;
    context.log.info("the reply to the creation was lost, but the plugin is there", { id: found.pluginId });
    // The certificates were in the lost reply. Writing the same settings again makes vROps say them again.
    return context.client.plugins.update(quietBody(found, desired), context.signal);
  }
}

async function takeOver(
  found: Plugin,
  differing: readonly string[],
  desired: DesiredPlugin,
  options: CreateOptions,
  context: Ctx,
): Promise<string> {
  const { client, report } = context;
  const id = found.pluginId;
  if (differing.length > 0 && !options.adoptExisting) {
    throw new ProblemError(conflicting("plugin", options.resourceType, desired.name, id, differing));
  }
  client.plugins.claims.take(id, desired.name);
  options.save(id);
  report(
    differing.length > 0
      ? adoptedChanged("plugin", desired.name, id, differing)
      : adopted("plugin", options.resourceType, desired.name, id),
  );
  // Whether its secret is ours cannot be seen, nor whether the certificate of a half-made one was accepted.
  const unseen = desired.secrets.size > 0 || (desired.pin !== null && found.enabled !== true);
  await syncPlugin(found, desired, unseen, context);
  return id;
}

async function namesakes(desired: DesiredPlugin, { client, signal }: Ctx): Promise<Plugin[]> {
  const listed = (await client.plugins.list(signal)).filter(
    (plugin) => plugin.pluginTypeId === desired.pluginTypeId && plugin.name === desired.name,
  );
  const whole = await Promise.all(
    listed.map((plugin) => (plugin.configValues ? plugin : client.plugins.get(plugin.pluginId, signal))),
  );
  return whole.filter((plugin) => plugin !== undefined);
}

/** A disabled plugin that should be enabled is the trace of a run cut short, not a different plugin. */
function isEqual(plugin: Plugin, desired: DesiredPlugin): boolean {
  return holds(plugin, desired) && (plugin.enabled === desired.enabled || plugin.enabled !== true);
}

/** For people: `smtp host is "a", declared "b"`. Secrets are not compared and never shown. */
function differences(plugin: Plugin, desired: DesiredPlugin): string[] {
  const values = valuesOf(plugin);
  const found: string[] = [];
  const compare = (what: string, is: string, declared: string) => {
    if (is !== declared) found.push(`${what} is ${JSON.stringify(is)}, declared ${JSON.stringify(declared)}`);
  };
  compare("description", plugin.description ?? "", desired.description ?? "");
  for (const [key, value] of desired.values) compare(key, values.get(key) ?? "", value);
  for (const key of desired.removed) {
    if (values.get(key)) found.push(`${key} is set, declared not to be`);
  }
  compare("enabled", String(plugin.enabled ?? "unknown"), String(desired.enabled));
  return found;
}

/** Leaves nothing behind; if that fails, Terraform gets to know the plugin so that it can remove it later. */
async function removeHalfMade(created: Plugin, options: CreateOptions, { client, log }: Ctx): Promise<void> {
  try {
    await client.plugins.delete(created.pluginId, AbortSignal.timeout(RECOVERY_MS));
    client.plugins.claims.release(created.pluginId);
  } catch {
    log.warn("the half-made plugin could not be removed", { id: created.pluginId });
    options.save(created.pluginId);
  }
}

const ids = (plugins: readonly Plugin[]) => plugins.map((plugin) => plugin.pluginId);
