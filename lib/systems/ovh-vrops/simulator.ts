import type { FastifyInstance } from "fastify";
import type { CreateSimulator, Simulator } from "../kit/simulator/simulation";
import { Guard } from "./simulator/guard";
import { interventionsOn } from "./simulator/interventions";
import { options as optionsShape } from "./simulator/options";
import { ApiRefusal, invalidUrl } from "./simulator/refusals";
import { addRoutes } from "./simulator/routes";
import { SimulatedService } from "./simulator/state";

/**
 * The OVHcloud API as far as hosted vROps are concerned: authentication in all three ways, asynchronous
 * tasks, flows that open and close the world's firewall. Where the real behaviour is not documented
 * there is an option for each plausible one.
 */
export const createOvhSimulator: CreateSimulator = (world): Simulator => {
  const options = optionsShape.parse(world.options["ovh"] ?? {});
  const guard = new Guard(options, world.clock, world.random);
  const outcomes = [...options.outcomes];
  const number = { flow: 40, task: 56_446_600 };
  const given = options.services ?? [{ name: options.service ?? "pcc-192-0-2-10", flows: [] }];
  const services = new Map(
    given.map(({ name, flows }) => {
      const service = new SimulatedService(name, world, options, number, outcomes);
      for (const { ip, port, description } of flows) service.add(ip, port, description);
      return [name, service];
    }),
  );
  let requests = 0;
  const queryId = () =>
    `SB.ext-1.${(++requests).toString(16).padStart(8, "0")}.${Math.floor(world.random() * 0xffff)
      .toString(16)
      .padStart(4, "0")}`;

  return {
    system: "ovh",

    register(app: FastifyInstance) {
      void app.register(async (scope) => {
        // Signatures cover the exact bytes, so bodies are kept as they came.
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => done(null, body));
        scope.addHook("onRequest", async (_, reply) => {
          reply.headers({ "x-ovh-queryid": queryId(), "cache-control": "no-cache, no-store" });
        });
        scope.setErrorHandler((error, _, reply) => {
          if (error instanceof ApiRefusal) return reply.code(error.status).headers(error.headers).send(error.body);
          return reply.code(500).send({ class: "Server::InternalServerError", message: "Internal server error" });
        });
        scope.setNotFoundHandler(async () => {
          throw invalidUrl();
        });
        for (const version of ["/1.0", "/v1"]) addRoutes(scope, version, { options, services, guard });
        addTokenRoute(scope, guard);
      });
    },

    environment: (url) => ({
      OVH_ENDPOINT: `${url}/1.0`,
      OVH_APPLICATION_KEY: options.application_key,
      OVH_APPLICATION_SECRET: options.application_secret,
      OVH_CONSUMER_KEY: options.consumer_key,
    }),

    snapshot: () => ({
      services: [...services.values()].map(({ name, vrops, expired, flows, tasks }) => ({
        name,
        vrops,
        expired,
        flows: [...flows.values()],
        tasks: [...tasks.values()].map(({ taskId, state, progress, description, ...task }) => {
          return { taskId, name: task.name, state, progress, description };
        }),
      })),
    }),

    ways: () => ({
      openings: [...services.values()].flatMap(({ name: service, flows }) =>
        [...flows.values()].map(({ ip, servicePort: port, description, state }) => {
          return { service, ip, port, description, state };
        }),
      ),
    }),

    interventions: interventionsOn(services, outcomes, guard),

    close() {
      for (const service of services.values()) service.close();
    },
  };
};

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
function addTokenRoute(app: FastifyInstance, guard: Guard): void {
  app.post("/auth/oauth2/token", async (request, reply) => {
    const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
    const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const [id, secret] = basic
      ? Buffer.from(basic, "base64").toString().split(":").map(decodeURIComponent)
      : [form.get("client_id"), form.get("client_secret")];
    if (form.get("grant_type") !== "client_credentials")
      return reply.code(400).send({ error: "unsupported_grant_type" });
    const granted = guard.grant(id, secret);
    if (granted === undefined) {
      return reply
        .code(400)
        .send({ error: "invalid_client", error_description: "ovhcloud oauth2 client does not exists" });
    }
    return { access_token: granted.token, token_type: "Bearer", expires_in: granted.seconds, scope: "all" };
  });
}
