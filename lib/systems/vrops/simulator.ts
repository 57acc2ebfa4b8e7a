import type { WebRequest } from "../kit/simulator/web";
import type { WebApp } from "../kit/simulator/web-app";
import { uuids } from "../kit/simulator/identifiers";
import { parameter, query } from "../kit/simulator/request";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { loginOf, sourcesAnswer } from "./simulator/auth-sources";
import { currentUser } from "./simulator/current-user";
import { interventions, type ReportSchedule } from "./simulator/interventions";
import { SimulatedMailer } from "./simulator/mailer";
import { release, releases, rulePropertyForm, traits, vropsOptions } from "./simulator/options";
import { PluginStore } from "./simulator/plugin-store";
import { PLUGIN_TYPES } from "./simulator/plugin-types";
import { objects } from "./simulator/objects";
import { conflict, internalError, noSuchRoute, unexpected } from "./simulator/refusal";
import { RuleStore } from "./simulator/rule-store";
import { Tokens } from "./simulator/tokens";
import { ways } from "./simulator/connectivity";
import { rootOf, wantsJson, xmlOf } from "./simulator/xml";

const TEST_TEXT = "This is a test e-mail sent by VMware Aria Operations to check its outbound settings.";

const isListOfSources = ({ method, url }: WebRequest) =>
  method === "GET" && url.split("?")[0] === "/suite-api/api/auth/sources";

/**
 * Simulates vROps: log-in tokens, outbound plugins, notification rules, and mail that is really sent. Options are under
 * "vrops" in the world's options, see `VropsSimulatorOptions`.
 */
export const createVropsSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = vropsOptions(world);
  const its = traits(options.version);
  const tables = new Tables();
  const newId = uuids(world.random, tables.sequence(1));
  const mailer = new SimulatedMailer(options, world, newId);
  const tokens = new Tokens(options, world.clock, uuids(world.random, tables.sequence(1)));
  const plugins = new PluginStore(tables.table(), tables.table(), options, mailer, newId);
  const rules = new RuleStore(tables.table(), options, plugins, newId);

  const reports = tables.table<ReportSchedule>();

  function register(app: WebApp): void {
    sendRefusals(app, { noSuchRoute, unexpected });
    app.addHook("onRequest", async (request) => {
      if (!request.url.startsWith("/suite-api/")) return;
      if (request.url.split("?")[0] === "/suite-api/api/auth/token/acquire") return;
      const isAnonymous = request.headers.authorization === undefined;
      if (isAnonymous && options.listsSources && isListOfSources(request)) return;
      tokens.check(request.headers.authorization);
    });
    app.addHook("onSend", (request, reply, payload) => {
      const isJson = reply.sentHeaders["content-type"]?.startsWith("application/json");
      if (!isJson || typeof payload !== "string" || wantsJson(request)) return;
      reply.type("application/xml;charset=UTF-8");
      return xmlOf(rootOf(request, reply.statusCode), JSON.parse(payload));
    });
    app.part("/suite-api/api", routes);
  }

  function routes(api: WebApp): void {
    api.post("/auth/token/acquire", (request) => tokens.acquire(request.body));
    api.post("/auth/token/release", (request, reply) => {
      tokens.release(request.headers.authorization);
      return reply.code(200).send();
    });
    api.get("/auth/sources", ({ headers }) => sourcesAnswer(options.authSources, headers.authorization !== undefined));
    api.get("/auth/currentuser", () => currentUser(options));
    api.get("/versions", () => releases(options.version));
    api.get("/versions/current", () => release(options.version));

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
      const dependents = rules.ofPlugin(plugin.pluginId);
      if (its.hasDependencyCheck && query(request)["checkDependencies"] === "true" && dependents.length > 0) {
        throw conflict(409, `Plugin "${plugin.name}" is used by ${dependents.length} notification rule(s).`);
      }
      const scheduled = reports.list(({ emailPluginId }) => emailPluginId === plugin.pluginId);
      if (its.hasDependencyCheck && query(request)["checkDependencies"] === "true" && scheduled.length > 0) {
        const names = scheduled.map(({ name }) => `"${name}"`).join(", ");
        throw conflict(409, `Plugin "${plugin.name}" is used by the report schedule(s) ${names}.`);
      }
      // Reports lose their plugin silently.
      for (const { name } of scheduled) reports.set(name, { name });
      // Without the check, vROps silently deletes the rules of the plugin, according to the vendor.
      for (const dependent of dependents) rules.rules.delete(dependent.id);
      plugins.plugins.delete(plugin.pluginId);
      return reply.code(204).send();
    });
    if (its.hasTestRoute) {
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

    api.get("/notifications/rules", (request) => {
      const { page = "0", pageSize = "1000" } = query(request);
      return rules.list(Number(page), Number(pageSize));
    });
    api.get("/notifications/rules/:id", (request) => rules.get(parameter(request, "id")));
    api.post("/notifications/rules", (request, reply) => reply.code(201).send(rules.create(request.body)));
    api.put("/notifications/rules", (request) => rules.update(request.body));
    api.delete("/notifications/rules/:id", (request, reply) => {
      rules.rules.delete(rules.get(parameter(request, "id")).id);
      return reply.code(204).send();
    });
  }

  return {
    system: "vrops",
    tables,
    register,
    environment: (url) => ({
      VROPS_URL: url,
      ...loginOf(options),
    }),
    snapshot: () => ({
      version: release(options.version).releaseName,
      service: options.service,
      tokens: { alive: tokens.alive, logins: tokens.logins, refusedLogins: tokens.refusedLogins },
      plugins: plugins.plugins.list().map((plugin) => ({
        ...plugins.masked(plugin),
        acceptedThumbprints: [...plugin.acceptedDigests],
      })),
      rules: rules.rules.list(),
      reports: reports.list(),
    }),
    objects: () => objects(plugins, rules),
    ways: () => ways(plugins, rules, options),
    interventions: interventions({ plugins, rules, tokens, mailer, reports, form: rulePropertyForm(options) }),
  };
};
