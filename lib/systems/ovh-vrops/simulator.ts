import type { WebApp } from "../kit/simulator/web-app";
import { simulatorOptions } from "../kit/simulator/options";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, Simulator } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Credentials } from "./simulator/credentials";
import { Guard } from "./simulator/guard";
import { interventionsOn } from "./simulator/interventions";
import { addLoginPage, addTokenRoute } from "./simulator/login-routes";
import { objectsOf, openingsOf, shownService } from "./simulator/objects";
import { options as optionsShape, type TaskOutcome } from "./simulator/options";
import { defect, invalidUrl } from "./simulator/refusals";
import { addRoutes } from "./simulator/routes";
import { SimulatedService } from "./simulator/state";
import { TaskQueue } from "./simulator/task-queue";

/**
 * Simulates the OVHcloud API for hosted vROps: authentication in all three ways, asynchronous tasks, flows that open and
 * close the sandbox's firewall. Where the real behaviour is not documented there is an option for each plausible one.
 */
export const createOvhSimulator: CreateSimulator = (world): Simulator => {
  const options = simulatorOptions("ovh", optionsShape, world);
  const tables = new Tables();
  const credentials = new Credentials(options, world.clock, world.random, tables);
  const guard = new Guard(options, world.clock, world.random, credentials);
  const outcomes: TaskOutcome[] = [];
  tables.seed(() => {
    guard.reset();
    outcomes.splice(0, Infinity, ...options.outcomes);
  });
  const nextFlow = tables.sequence(41);
  const queue = new TaskQueue(world.clock, options.taskMilliseconds, tables.sequence(56_446_601), outcomes);
  const given = options.services ?? [{ name: options.service ?? "pcc-192-0-2-10", flows: [] }];
  const services = new Map(
    given.map(({ name, flows }) => {
      const service = new SimulatedService(name, world, options, tables, nextFlow, queue);
      tables.seed(() => {
        for (const { ip, port, description } of flows) service.add(ip, port, description);
      });
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
    tables,

    register(app: WebApp) {
      app.part("", (scope) => {
        // Signatures cover the exact bytes, so bodies stay unparsed.
        scope.setBodyParser((text) => text);
        scope.addHook("onRequest", async (_, reply) => {
          reply.headers({ "x-ovh-queryid": queryId(), "cache-control": "no-cache, no-store" });
        });
        sendRefusals(scope, { noSuchRoute: invalidUrl, unexpected: defect });
        for (const version of ["/1.0", "/v1"]) addRoutes(scope, version, { options, services, guard, credentials });
        addTokenRoute(scope, guard);
        addLoginPage(scope, credentials);
      });
    },

    environment: (url) => ({
      OVH_ENDPOINT: `${url}/1.0`,
      OVH_APPLICATION_KEY: options.application_key,
      OVH_APPLICATION_SECRET: options.application_secret,
      OVH_CONSUMER_KEY: options.consumer_key,
    }),

    snapshot: () => ({
      credentials: credentials.list().map((one) => credentials.shown(one)),
      services: [...services.values()].map(shownService),
    }),
    objects: () => [...services.values()].flatMap(objectsOf),
    connectivity: () => ({ openings: [...services.values()].flatMap(openingsOf) }),
    interventions: interventionsOn(services, outcomes, guard, credentials),

    close() {
      for (const service of services.values()) service.close();
    },
  };
};
