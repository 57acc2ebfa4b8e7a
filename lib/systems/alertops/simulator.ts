import type { WebApp } from "../kit/simulator/web-app";
import type { WebRequest } from "../kit/simulator/web";
import * as z from "../../core/zod";
import { hexadecimal } from "../kit/simulator/identifiers";
import { intervention } from "../kit/simulator/interventions";
import { pageOf } from "../kit/simulator/pages";
import { parameter, query } from "../kit/simulator/request";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Throttle } from "../kit/simulator/throttle";
import { AlertLog } from "./simulator/alert-log";
import { endOf, IntegrationStore, type StoredInboundIntegration } from "./simulator/integration-store";
import { alertOpsOptions } from "./simulator/options";
import { badKey, noSuchRoute, notFound, tooMany, unexpected } from "./simulator/refusal";

const API = "/api/v2";

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

    app.post("/POSTAlert/:key/:name", (request) => {
      const integration = store.at(parameter(request, "key"), parameter(request, "name"));
      if (integration === undefined) throw notFound("The integration");
      log.receive(integration, request.body);
      return JSON.stringify(`in-${log.alerts.length}`);
    });

    const collection = `${API}/integrations/inbound`;
    if (options.list !== "none") {
      app.get(collection, (request) =>
        paged(
          request,
          "inbound_integrations",
          store.all.list().map((one) => listed(one, request)),
        ),
      );
    }
    app.post(collection, (request, reply) => {
      const created = store.wire(store.create(request.body), address(request));
      return options.createStatus === 204 ? reply.code(204).send() : reply.code(options.createStatus).send(created);
    });
    app.get(`${collection}/:id`, (request) => store.wire(store.get(parameter(request, "id")), address(request)));
    app.put(`${collection}/:id`, (request, reply) => {
      store.update(parameter(request, "id"), request.body);
      return reply.code(204).send();
    });
    app.delete(`${collection}/:id`, (request, reply) => {
      store.all.delete(store.get(parameter(request, "id")).id);
      return reply.code(204).send();
    });

    app.get(`${API}/groups`, (request) => paged(request, "groups", directory(request, options.groups, "group")));
    app.get(`${API}/users`, (request) => paged(request, "users", directory(request, options.users, "user")));
    app.get(`${API}/escalation_policies`, (request) =>
      paged(request, "escalation_policies", directory(request, options.policies, "escalation_policy")),
    );
    app.get(`${API}/alerts`, (request) => {
      const { limit = "10", next } = query(request);
      return log.page(Number(limit), next, options.looksUntilSeen);
    });
  }

  const listed = (one: StoredInboundIntegration, request: WebRequest) => {
    const whole = store.wire(one, address(request));
    if (options.list === "whole") return whole;
    const { inbound_integration_id, inbound_integration_name, type } = whole;
    return { inbound_integration_id, inbound_integration_name, type };
  };

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
    objects: () =>
      store.all.list().map(({ id: number, held, isFromBefore = false }) => ({
        type: "outbound_alertops_inbound_integration",
        id: String(number),
        name: String(held["inbound_integration_name"]),
        foreign: store.all.isForeign(number),
        builtIn: isFromBefore,
        settings: held,
      })),
    ways: () => ({
      inlets: store.all.list().map(({ held }) => {
        const name = String(held["inbound_integration_name"]);
        const told = [held["escalation_policy"], held["recipient_groups"], held["recipient_users"]].flat();
        const receivers = told.filter((one): one is string => typeof one === "string" && one !== "");
        return { name, address: encodeURIComponent(endOf(held)), enabled: held["enabled"] !== false, receivers };
      }),
    }),
    interventions: {
      "edit-integration": intervention(edit, ({ id: number, set }) => {
        const stored = store.get(String(number));
        return { edited: store.edit(stored, { ...stored.held, ...set }).id };
      }),
      "delete-integration": intervention(which, ({ id: number }) => {
        const stored = store.get(String(number));
        store.all.delete(stored.id);
        return { deleted: stored.id };
      }),
      "add-integration": (argument) => ({ added: store.create(argument).id }),
    },
  };
};

const which = z.object({ id: z.coerce.number() });
const edit = z.extend(which, { set: z.record(z.string(), z.unknown()) });

/** The fuzzy search of a list: part of the name, in any case. */
function directory(request: WebRequest, names: readonly string[], what: string) {
  const search = (query(request)["search"] ?? "").toLowerCase();
  return names
    .map((name, index) => ({ [`${what}_id`]: index + 12, [`${what}_name`]: name }))
    .filter((one) => String(one[`${what}_name`]).toLowerCase().includes(search));
}

function paged(request: WebRequest, name: string, items: readonly unknown[]) {
  const limit = Number(query(request)["limit"] ?? 10);
  const offset = Number(query(request)["offset"] ?? 0);
  return { limit, offset, [name]: pageOf(items, { offset, limit }) };
}

const address = (request: WebRequest) => `http://${request.headers.host}`;
