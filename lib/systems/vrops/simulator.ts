import type { WebRequest } from "../kit/simulator/web";
import type { WebApp } from "../kit/simulator/web-app";
import { uuids } from "../kit/simulator/identifiers";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { loginOf, sourcesAnswer } from "./simulator/auth-sources";
import { currentUser } from "./simulator/current-user";
import { interventions, type ReportSchedule } from "./simulator/interventions";
import { SimulatedMailer } from "./simulator/mailer";
import { release, releases, rulePropertyForm, vropsOptions } from "./simulator/options";
import { PluginStore } from "./simulator/plugin-store";
import { addPluginRoutes } from "./simulator/plugin-routes";
import { objects } from "./simulator/objects";
import { noSuchRoute, unexpected } from "./simulator/refusal";
import { addRuleRoutes } from "./simulator/rule-routes";
import { RuleStore } from "./simulator/rule-store";
import { Tokens } from "./simulator/tokens";
import { connectivity } from "./simulator/connectivity";
import { rootOf, wantsJson, xmlOf } from "./simulator/xml";

const isListOfSources = ({ method, url }: WebRequest) =>
  method === "GET" && url.split("?")[0] === "/suite-api/api/auth/sources";

/**
 * Simulates vROps: log-in tokens, outbound plugins, notification rules, and mail that is really sent. Options are under
 * "vrops" in the world's options, see `VropsSimulatorOptions`.
 */
export const createVropsSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = vropsOptions(world);
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

    addPluginRoutes(api, { options, plugins, rules, reports, mailer });
    addRuleRoutes(api, rules);
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
    connectivity: () => connectivity(plugins, rules, options),
    interventions: interventions({ plugins, rules, tokens, mailer, reports, form: rulePropertyForm(options) }),
  };
};
