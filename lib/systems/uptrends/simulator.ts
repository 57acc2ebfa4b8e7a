import type { WebApp } from "../kit/simulator/web-app";
import { uuids } from "../kit/simulator/identifiers";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Throttle } from "../kit/simulator/throttle";
import { interventions } from "./simulator/interventions";
import { uptrendsOptions } from "./simulator/options";
import { noSuchRoute, tooMany, unauthorized, unexpected } from "./simulator/refusal";
import { shownCandidates, shownDefinition, objects } from "./simulator/objects";
import { addRoutes } from "./simulator/routes";
import { Store } from "./simulator/store";
import { connectivity } from "./simulator/connectivity";

/** Simulates Uptrends. Options are under "uptrends" in the world's options. */
export const createUptrendsSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = uptrendsOptions(world);
  const tables = new Tables();
  const store = new Store(tables, options, uuids(world.random, tables.sequence(1)));
  const throttle = new Throttle({ every: options.throttleEvery, retryAfter: options.retryAfter }, world.clock);
  const login = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString("base64")}`;
  const asked = new Set<string>();
  let stale = 0;
  tables.seed(() => {
    throttle.reset();
    asked.clear();
    stale = 0;
  });

  function register(app: WebApp): void {
    sendRefusals(app, { noSuchRoute, unexpected });
    app.addHook("onRequest", async (request) => {
      if (!request.url.startsWith("/v4/")) return;
      throttle.pass(`${request.method} ${request.url}`, tooMany);
      if (request.headers.authorization !== login) throw unauthorized();
    });
    app.addHook("onResponse", async (request, reply) => {
      if (reply.statusCode >= 300) return;
      if (request.method === "GET") asked.add(request.url);
      else stale = options.staleReads;
    });
    // A route that has never been requested is in no cache.
    app.addHook("preHandler", (request, _reply, done) => {
      const position = tables.before({ writes: 1, since: 0, notBefore: -Infinity });
      if (request.method !== "GET" || stale === 0 || position === undefined || !asked.has(request.url)) return done();
      stale--;
      tables.reading({ position }, done);
    });
    app.part("/v4", (api) => addRoutes(api, store, options));
  }

  return {
    system: "uptrends",
    tables,
    register,
    environment: (url) => ({
      UPTRENDS_URL: `${url}/v4`,
      UPTRENDS_USERNAME: options.username,
      UPTRENDS_PASSWORD: options.password,
    }),
    snapshot: () => ({
      integrations: store.integrations.list(),
      ...shownCandidates(store),
      definitions: store.definitions.list().map((definition) => shownDefinition(definition, store)),
    }),
    objects: () => objects(store),
    connectivity: () => connectivity(store),
    interventions: interventions(store),
  };
};
