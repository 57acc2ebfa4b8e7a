import type { WebApp } from "../kit/simulator/web-app";
import { hexadecimal } from "../kit/simulator/identifiers";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Throttle } from "../kit/simulator/throttle";
import { AlertLog } from "./simulator/alert-log";
import { connectivity } from "./simulator/connectivity";
import { IntegrationStore } from "./simulator/integration-store";
import { interventions } from "./simulator/interventions";
import { objects } from "./simulator/objects";
import { alertOpsOptions } from "./simulator/options";
import { badKey, noSuchRoute, tooMany, unexpected } from "./simulator/refusal";
import { addAlertRoute, addIntegrationRoutes, addListRoutes, API } from "./simulator/routes";

/** Simulates AlertOps: the account's API, and the address that alerts are sent to. Options are under "alertops". */
export const createAlertOpsSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = alertOpsOptions(world);
  const tables = new Tables();
  const store = new IntegrationStore(tables.table(), options, tables.sequence(4711), () =>
    hexadecimal(world.random, 32),
  );
  const log = new AlertLog(world.clock, options);
  const throttle = new Throttle({ every: options.throttleEvery, retryAfter: options.retryAfter }, world.clock);
  tables.seed(() => {
    log.reset();
    throttle.reset();
    options.byHand.forEach((one, index) => store.addByHand(one, 4001 + index));
  });

  function register(app: WebApp): void {
    sendRefusals(app, { noSuchRoute, unexpected });
    app.addHook("onRequest", async (request) => {
      if (!request.url.startsWith(API)) return;
      throttle.pass(`${request.method} ${request.url}`, tooMany);
      if (request.headers["api-key"] !== options.apiKey) throw badKey();
    });
    addAlertRoute(app, store, log);
    addIntegrationRoutes(app, store, options);
    addListRoutes(app, log, options);
  }

  return {
    system: "alertops",
    tables,
    register,
    environment: (url) => ({ ALERTOPS_URL: url, ALERTOPS_API_KEY: options.apiKey, ALERTOPS_NOTIFY_URL: url }),
    snapshot: () => ({
      integrations: store.all.list().map(({ id: number, held }) => ({
        inbound_integration_id: number,
        ...held,
      })),
      alerts: log.alerts,
    }),
    objects: () => objects(store),
    connectivity: () => connectivity(store),
    interventions: interventions(store),
  };
};
