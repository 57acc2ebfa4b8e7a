import type { WebApp } from "../kit/simulator/web-app";
import type { WebReply, WebRequest } from "../kit/simulator/web";
import { uuids } from "../kit/simulator/identifiers";
import { parameter } from "../kit/simulator/request";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, World } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Throttle } from "../kit/simulator/throttle";
import { interventions } from "./simulator/interventions";
import { uptrendsOptions } from "./simulator/options";
import { gone, noSuchRoute, tooMany, unauthorized, unexpected } from "./simulator/refusal";
import { shownDefinition, objects } from "./simulator/objects";
import { Store } from "./simulator/store";
import { ways } from "./simulator/ways";
import { attachmentOf, definitionOf, integrationOf } from "./simulator/wire";

/** An Uptrends in a box. Options stand under "uptrends" in the world's options. */
export const createUptrendsSimulator: CreateSimulator = (world: World) => {
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
    // What nobody has asked for yet lies in no cache.
    app.addHook("preHandler", (request, _reply, done) => {
      const position = tables.before({ writes: 1, since: 0, notBefore: -Infinity });
      if (request.method !== "GET" || stale === 0 || position === undefined || !asked.has(request.url)) return done();
      stale--;
      tables.reading({ position }, done);
    });
    app.part("/v4", routes);
  }

  function routes(api: WebApp): void {
    const nothing = (act: (request: WebRequest) => unknown) => (request: WebRequest, reply: WebReply) => {
      act(request);
      return reply.code(204).send();
    };

    api.get("/Integration", () => store.integrations.list().map(integrationOf));

    api.get("/AlertDefinition", () => store.definitions.list().map(definitionOf));
    api.post("/AlertDefinition", (request, reply) => reply.code(201).send(definitionOf(store.create(request.body))));
    api.get("/AlertDefinition/:guid", (request) => definitionOf(store.definition(parameter(request, "guid"))));
    api.delete("/AlertDefinition/:guid", (request, reply) => {
      const found = store.definitions.get(parameter(request, "guid").toLowerCase());
      if (found === undefined) throw gone(404, "alert definition");
      store.delete(found);
      return reply.code(204).send();
    });

    const level = "/AlertDefinition/:guid/EscalationLevel/:level";
    const theLevel = (request: WebRequest) => store.level(parameter(request, "guid"), parameter(request, "level"));
    api.get("/AlertDefinition/:guid/EscalationLevel", (request) =>
      store.levelsOf(store.definition(parameter(request, "guid"))).map(({ held }) => held),
    );
    api.get(level, (request) => theLevel(request).held);
    api.get(`${level}/Integration`, (request) =>
      store.attachedTo(theLevel(request)).map((one) => attachmentOf(one, options)),
    );
    api.post(`${level}/Integration`, (request, reply) => {
      const made = store.attach(parameter(request, "guid"), parameter(request, "level"), request.body);
      return reply.code(201).send(attachmentOf(made, options));
    });
    const one = `${level}/Integration/:integration`;
    const where = (request: WebRequest) =>
      [parameter(request, "guid"), parameter(request, "level"), parameter(request, "integration")] as const;
    api.get(one, (request) => attachmentOf(store.attached(...where(request)), options));
    api.delete(
      one,
      nothing((request) => store.detach(store.attached(...where(request)))),
    );
    for (const method of ["patch", "put"] as const) {
      api[method](
        "/AlertDefinition/:guid",
        nothing((request) => store.update(parameter(request, "guid"), request.body)),
      );
      api[method](
        level,
        nothing((request) => store.updateLevel(parameter(request, "guid"), parameter(request, "level"), request.body)),
      );
      api[method](
        one,
        nothing((request) => store.updateAttachment(...where(request), request.body)),
      );
    }
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
      definitions: store.definitions.list().map((definition) => shownDefinition(definition, store)),
    }),
    objects: () => objects(store),
    ways: () => ways(store),
    interventions: interventions(store),
  };
};
