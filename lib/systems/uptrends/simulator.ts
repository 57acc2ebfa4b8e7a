import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CreateSimulator, World } from "../kit/simulator/simulation";
import { interventions } from "./simulator/interventions";
import { uptrendsOptions } from "./simulator/options";
import { gone, Refusal, tooMany, unauthorized } from "./simulator/refusal";
import { Store } from "./simulator/store";
import { ways } from "./simulator/ways";
import { attachmentOf, definitionOf, integrationOf } from "./simulator/wire";

/** An Uptrends in a box. Options stand under "uptrends" in the world's options. */
export const createUptrendsSimulator: CreateSimulator = (world: World) => {
  const options = uptrendsOptions(world);
  const store = new Store(options, guids(world.random));
  const login = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString("base64")}`;
  /** The last true answer to each GET, and how many more of them are stale. */
  const earlier = new Map<string, string>();
  let stale = 0;
  let requests = 0;

  function register(app: FastifyInstance): void {
    app.setErrorHandler((error, _request, reply) => {
      const status = (error as { statusCode?: number }).statusCode ?? 500;
      const refusal = error instanceof Refusal ? error : new Refusal(status, [String(error)]);
      return reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
    });
    app.setNotFoundHandler(() => {
      throw gone(404, "resource");
    });
    app.addHook("onRequest", async (request, reply) => {
      if (!request.url.startsWith("/v4/")) return;
      if (options.throttleEvery > 0 && ++requests % options.throttleEvery === 0) throw tooMany(options.retryAfter);
      if (request.headers.authorization !== login) throw unauthorized();
      const before = earlier.get(request.url);
      if (request.method === "GET" && stale > 0 && before !== undefined) {
        stale--;
        return reply.header("x-stale", "1").type("application/json").send(before);
      }
      return undefined;
    });
    app.addHook("onSend", async (request, reply, payload) => {
      const fine = reply.statusCode < 300 && reply.getHeader("x-stale") === undefined;
      if (fine && request.method !== "GET") stale = options.staleReads;
      else if (fine && typeof payload === "string") earlier.set(request.url, payload);
      return payload;
    });
    app.register(async (api) => routes(api), { prefix: "/v4" });
  }

  function routes(api: FastifyInstance): void {
    const nothing = (act: (request: FastifyRequest) => unknown) => (request: FastifyRequest, reply: FastifyReply) => {
      act(request);
      return reply.code(204).send();
    };

    api.get("/Integration", () => [...store.integrations.values()].map(integrationOf));

    api.get("/AlertDefinition", () => [...store.definitions.values()].map(definitionOf));
    api.post("/AlertDefinition", (request, reply) => reply.code(201).send(definitionOf(store.create(request.body))));
    api.get("/AlertDefinition/:guid", (request) => definitionOf(store.definition(part(request, "guid"))));
    api.delete("/AlertDefinition/:guid", (request, reply) => {
      const guid = part(request, "guid").toLowerCase();
      if (!store.definitions.delete(guid)) throw gone(404, "alert definition");
      return reply.code(204).send();
    });

    const level = "/AlertDefinition/:guid/EscalationLevel/:level";
    const theLevel = (request: FastifyRequest) => store.level(part(request, "guid"), part(request, "level"));
    api.get("/AlertDefinition/:guid/EscalationLevel", (request) =>
      [...store.definition(part(request, "guid")).levels.values()].map(({ held }) => held),
    );
    api.get(level, (request) => theLevel(request).held);
    api.get(`${level}/Integration`, (request) =>
      [...theLevel(request).attachments.values()].map((one) => attachmentOf(one, options)),
    );
    api.post(`${level}/Integration`, (request, reply) => {
      const made = store.attach(part(request, "guid"), part(request, "level"), request.body);
      return reply.code(201).send(attachmentOf(made, options));
    });
    const one = `${level}/Integration/:integration`;
    const where = (request: FastifyRequest) =>
      [part(request, "guid"), part(request, "level"), part(request, "integration")] as const;
    api.get(one, (request) => attachmentOf(store.attached(...where(request)), options));
    api.delete(
      one,
      nothing((request) => {
        const { integration } = store.attached(...where(request));
        theLevel(request).attachments.delete(integration.guid);
      }),
    );
    for (const method of ["patch", "put"] as const) {
      api[method](
        "/AlertDefinition/:guid",
        nothing((request) => store.update(part(request, "guid"), request.body)),
      );
      api[method](
        level,
        nothing((request) => store.updateLevel(part(request, "guid"), part(request, "level"), request.body)),
      );
      api[method](
        one,
        nothing((request) => store.updateAttachment(...where(request), request.body)),
      );
    }
  }

  return {
    system: "uptrends",
    register,
    environment: (url) => ({
      UPTRENDS_URL: `${url}/v4`,
      UPTRENDS_USERNAME: options.username,
      UPTRENDS_PASSWORD: options.password,
    }),
    snapshot: () => ({
      integrations: [...store.integrations.values()],
      definitions: [...store.definitions.values()].map((definition) => ({
        ...definitionOf(definition),
        levels: [...definition.levels.values()].map(({ held, attachments }) => ({
          ...held,
          // Values are credentials: their names only.
          integrations: [...attachments.values()].map((one) => ({
            id: one.integration.guid,
            name: one.integration.name,
            active: one.active,
            ok: one.ok,
            reminders: one.reminders,
            emails: one.emails,
            variables: Object.keys(one.values),
          })),
        })),
      })),
    }),
    ways: () => ways(store),
    interventions: interventions(store),
  };
};

const part = (request: FastifyRequest, name: string) => (request.params as Record<string, string>)[name]!;

/** From the world's own randomness; the last group counts, so that they are unique even when that is constant. */
function guids(random: () => number): () => string {
  let count = 0;
  const digit = () => Math.floor(random() * 16).toString(16);
  return () => {
    const head = "xxxxxxxx-xxxx-4xxx-axxx-".replace(/x/g, digit);
    return head + (++count).toString(16).padStart(12, "0");
  };
}
