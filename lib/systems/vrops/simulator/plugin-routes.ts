import { parameter, query } from "../../kit/simulator/request";
import type { Table } from "../../kit/simulator/table";
import type { WebApp } from "../../kit/simulator/web-app";
import type { ReportSchedule } from "./interventions";
import type { SimulatedMailer } from "./mailer";
import { traits, type VropsSimulatorOptions } from "./options";
import type { PluginStore, StoredPlugin } from "./plugin-store";
import { PLUGIN_TYPES } from "./plugin-types";
import { conflict, internalError } from "./refusal";
import type { RuleStore } from "./rule-store";

const TEST_TEXT = "This is a test e-mail sent by VMware Aria Operations to check its outbound settings.";

interface PluginParts {
  readonly options: VropsSimulatorOptions;
  readonly plugins: PluginStore;
  readonly rules: RuleStore;
  readonly reports: Table<ReportSchedule>;
  readonly mailer: SimulatedMailer;
}

/** Adds the routes of the outbound plugins. */
export function addPluginRoutes(api: WebApp, parts: PluginParts): void {
  const { options, plugins, rules } = parts;
  const its = traits(options.version);
  api.get("/alertplugins/types", () => ({ notificationPluginType: Object.keys(PLUGIN_TYPES) }));
  api.get("/alertplugins/types/:id", (request) => plugins.type(parameter(request, "id")));
  api.get("/alertplugins", (request) => plugins.list(query(request)["pluginTypeId"]));
  api.get("/alertplugins/:id", (request) => plugins.wire(plugins.get(parameter(request, "id"))));
  api.post("/alertplugins", async (request, reply) => reply.code(201).send(await plugins.create(request.body)));
  api.put("/alertplugins", (request) => plugins.update(request.body));
  api.patch("/alertplugins", (request) => plugins.acceptCertificates(request.body));
  api.put("/alertplugins/:id/enable/:enabled", (request, reply) => {
    plugins.setEnabled(parameter(request, "id"), parameter(request, "enabled"));
    return reply.code(204).send();
  });
  api.get("/alertplugins/:id/rules", (request) => ({
    rules: rules.ofPlugin(plugins.get(parameter(request, "id")).pluginId),
  }));
  api.delete("/alertplugins/:id", (request, reply) => {
    const plugin = plugins.get(parameter(request, "id"));
    deletePlugin(plugin, parts, its.hasDependencyCheck && query(request)["checkDependencies"] === "true");
    return reply.code(204).send();
  });
  if (its.hasTestRoute) addTestRoute(api, parts);
}

/** Deletes a plugin. @param checked whether what depends on it is a reason to refuse */
function deletePlugin(plugin: StoredPlugin, { plugins, rules, reports }: PluginParts, checked: boolean): void {
  const dependents = rules.ofPlugin(plugin.pluginId);
  if (checked && dependents.length > 0) {
    throw conflict(409, `Plugin "${plugin.name}" is used by ${dependents.length} notification rule(s).`);
  }
  const scheduled = reports.list(({ emailPluginId }) => emailPluginId === plugin.pluginId);
  if (checked && scheduled.length > 0) {
    const names = scheduled.map(({ name }) => `"${name}"`).join(", ");
    throw conflict(409, `Plugin "${plugin.name}" is used by the report schedule(s) ${names}.`);
  }
  // Reports lose their plugin silently.
  for (const { name } of scheduled) reports.set(name, { name });
  // Without the check, vROps silently deletes the rules of the plugin, according to the vendor.
  for (const dependent of dependents) rules.rules.delete(dependent.id);
  plugins.plugins.delete(plugin.pluginId);
}

function addTestRoute(api: WebApp, { options, plugins, mailer }: PluginParts): void {
  const its = traits(options.version);
  api.post("/alertplugins/:id/test", async (request) => {
    const plugin = plugins.get(parameter(request, "id"));
    const settings = plugins.settings(plugin);
    const receiver = its.honoursReceiverAddress ? query(request)["receiverAddress"] : undefined;
    // Where older releases send a test is not documented; the sender itself is a safe assumption.
    const outcome = await mailer.send(settings, {
      to: [receiver || settings.from.address],
      subject: "Test e-mail from VMware Aria Operations",
      text: TEST_TEXT,
    });
    if ("failure" in outcome) throw internalError(outcome.failure);
    return plugins.wire(plugin);
  });
}
