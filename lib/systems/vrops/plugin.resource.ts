import { ProblemError } from "../../core/problem";
import type { Context, PlanContext, Planned, Resource } from "../../terraform-plugin/resource";
import { isUnknown } from "../../terraform-plugin/values";
import { nearestWord } from "../../validators/did-you-mean";
import { vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import type { PluginType } from "./contract";
import { pinChanged } from "./email-plugin.resource";
import { unknownPluginType } from "./errors";
import { createPlugin } from "./plugin-create";
import { deletePlugin } from "./plugin-delete";
import { syncPlugin } from "./plugin-sync";
import { checkSettings } from "./plugin-type.checks";
import { desiredPlugin, pluginState } from "./plugin.mapping";
import { pluginSchema, type PluginSchema } from "./plugin.schema";
import { pluginWords } from "./plugin.words";

type Ctx = Context<VropsClient>;

/** `outbound_vrops_plugin`: an outbound plugin of any type but e-mail. */
export const pluginResource: Resource<PluginSchema, VropsClient> = {
  schema: pluginSchema,

  async plan({ planned, config }, context) {
    if (planned === null || config === null) return;
    await checkAgainstType(config, context);
  },

  async create({ planned, config, save, ownership }, context) {
    const { plugins, pluginTypes } = context.client;
    const secrets = registerSecrets(config.sensitive_config_values_wo, context);
    const type = await pluginTypes.get(planned.plugin_type_id, context.signal);
    const state = (id: string) => ({ ...planned, id, sensitive_config_values_wo: null });
    const { pluginId } = await createPlugin(
      desiredPlugin(planned, null, secrets, type),
      { ownership, adoptExisting: planned.adopt_existing, save: (id) => save(state(id)) },
      { ...context, plugins, pluginTypes },
    );
    return state(pluginId);
  },

  async read({ prior, imported }, context) {
    const { client } = context;
    const plugin = await client.plugins.objects.find(prior.id!, context);
    if (plugin === undefined) return null;
    const type = await client.pluginTypes.get(plugin.pluginTypeId, context.signal);
    return pluginState(plugin, imported ? { timeouts: prior.timeouts } : prior, imported, type);
  },

  async update({ prior, planned, config }, context) {
    const { plugins, pluginTypes } = context.client;
    const id = prior.id!;
    const current = await plugins.objects.get(id, context.signal);
    if (current === undefined) throw new ProblemError(vanished(pluginWords, { name: prior.name, id }));
    const secrets = registerSecrets(config.sensitive_config_values_wo, context);
    const type = await pluginTypes.get(planned.plugin_type_id, context.signal);
    const force =
      prior.sensitive_config_values_wo_version !== planned.sensitive_config_values_wo_version ||
      pinChanged(prior.trusted_certificate_thumbprint, planned.trusted_certificate_thumbprint);
    await syncPlugin(current, desiredPlugin(planned, prior, secrets, type), force, {
      ...context,
      plugins,
      pluginTypes,
    });
    return { ...planned, id, sensitive_config_values_wo: null };
  },

  delete: ({ prior: { name, id } }, { client, signal }) =>
    deletePlugin({ name, id: id! }, client.plugins, client.rules, signal),
};

/** Reports at plan what vROps would refuse at apply; silent when vROps cannot be reached. */
async function checkAgainstType(config: Planned<PluginSchema>, context: PlanContext<VropsClient>): Promise<void> {
  const { plugin_type_id: typeId, config_values: values, sensitive_config_values_wo: secrets } = config;
  if (typeof typeId !== "string") return;
  const { signal, report, log } = context;
  registerSecrets(secrets, context);
  const client = await context.connect();
  if (client === undefined) return;
  let type: PluginType | undefined;
  let known: readonly string[] = [];
  try {
    type = await client.pluginTypes.get(typeId, signal);
    if (type === undefined) known = await client.pluginTypes.names(signal);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    log.warn("settings are not checked against the plugin type", { typeId, because: error.message });
    return;
  }
  const problems =
    type === undefined
      ? [unknownPluginType(typeId, known, nearestWord(typeId, known))]
      : checkSettings(type, typeId, values, secrets);
  const errors = problems.filter(({ severity }) => severity === "error");
  for (const problem of problems) if (problem.severity === "warning") report(problem);
  if (errors.length > 0) throw new ProblemError(...errors);
}

/** Registers the secrets with the redactor before anything else happens to them. */
function registerSecrets<T extends Planned<PluginSchema>["sensitive_config_values_wo"]>(
  secrets: T,
  { redactor }: Pick<Ctx, "redactor">,
): T {
  if (secrets !== null && !isUnknown(secrets)) {
    for (const value of Object.values(secrets as Record<string, unknown>)) {
      if (typeof value === "string") redactor.addOneOf(value);
    }
  }
  return secrets;
}
