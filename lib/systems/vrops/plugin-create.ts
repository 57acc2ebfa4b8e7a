import { createOrTakeOver } from "../kit/adoption";
import { timeoutSignal } from "../../core/signals";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import { settleCertificates } from "./certificates";
import type { Plugin } from "./contract";
import {
  allDifferences,
  identityDifferences,
  lacksLogin,
  settingsDifferences,
  withoutLogin,
  type DesiredPlugin,
} from "./desired-plugin";
import { seeLoginKept } from "./login-kept";
import { newPluginBody, quietBody } from "./plugin-body";
import { RECOVERY_MS, syncPlugin, type PluginContext } from "./plugin-sync";

export interface CreateOptions {
  readonly ownership: ObjectOwnership;
  readonly adoptExisting: boolean;
  /** Called as soon as the plugin exists permanently. */
  save(id: string): void;
}

/** Takes over the existing plugin, or creates one, and checks that it is as desired. */
export function createPlugin(
  desired: DesiredPlugin,
  { ownership, adoptExisting, save }: CreateOptions,
  context: PluginContext,
): Promise<Plugin> {
  const { plugins, signal, report } = context;
  return createOrTakeOver<Plugin>(
    {
      words: plugins.words,
      name: desired.name,
      idOf: ({ pluginId }) => pluginId,
      existing: async () => {
        const passing = ownership.passing().map(({ id }) => id);
        const namesakes = await plugins.objects.named(desired.name, signal, passing);
        return namesakes.filter(({ pluginTypeId }) => pluginTypeId === desired.pluginTypeId);
      },
      differences: (one) => identityDifferences(one, desired),
      adoptExisting,
      create: () => make(desired, save, context),
      besides: async ({ pluginId: id }) => {
        const namesakes = await plugins.objects.besides({ name: desired.name, id }, signal);
        return namesakes.filter(({ pluginTypeId }) => pluginTypeId === desired.pluginTypeId);
      },
      // Nobody can see whether its secret is ours, nor whether the certificate of a half-made one was accepted.
      write: (one, _, origin) =>
        syncPlugin(
          one,
          desired,
          origin === "itself" || desired.secrets.size > 0 || (desired.pin !== null && one.enabled !== true),
          context,
        ),
      save: ({ pluginId }) => save(pluginId),
    },
    { ownership, report },
  );
}

/** Creates the plugin, accepts the pinned certificate, checks the login, enables it, and checks the result. */
async function make(desired: DesiredPlugin, save: CreateOptions["save"], context: PluginContext): Promise<Plugin> {
  const { plugins, signal } = context;
  const created = await post(desired, context);
  const ref = { name: desired.name, id: created.pluginId };
  const mayStay = (created.certificates ?? []).length === 0 && !lacksLogin(created, desired);
  if (mayStay) save(ref.id);
  try {
    await settleCertificates(created, quietBody(created, desired), desired, context, "create");
    await seeLoginKept(ref, desired, "create", context);
  } catch (error) {
    await removeHalfMade(created, save, context);
    throw error;
  }
  save(ref.id);
  if (desired.enabled) await plugins.setEnabled(ref, true, signal);
  return plugins.objects.settled(ref, (one) => allDifferences(one, desired), "creation", signal);
}

async function post(desired: DesiredPlugin, { plugins, signal, log }: PluginContext): Promise<Plugin> {
  let replyLost = false;
  const isOurs = (one: Plugin) => {
    replyLost = true;
    // A plugin without the login that was sent is ours, too: then it must not be left behind.
    const sent = lacksLogin(one, desired) ? withoutLogin(desired) : desired;
    return one.pluginTypeId === desired.pluginTypeId && settingsDifferences(one, sent).length === 0;
  };
  const created = await plugins.objects.create(desired.name, { body: newPluginBody(desired) }, isOurs, signal);
  if (!replyLost) return created;
  log.info("the reply to the creation was lost, but the plugin is there", { id: created.pluginId });
  // The certificates were in the lost reply. Writing the same settings again makes vROps return them again.
  return plugins.update(quietBody(created, desired), signal);
}

/** Removes a half-made plugin; if that fails, Terraform records it so that it can be removed later. */
async function removeHalfMade(
  { name, pluginId: id }: Plugin,
  save: CreateOptions["save"],
  { plugins, log }: PluginContext,
): Promise<void> {
  try {
    await plugins.delete({ name, id }, timeoutSignal(RECOVERY_MS));
  } catch {
    log.warn("the half-made plugin could not be removed", { id });
    save(id);
  }
}
