import { pageOf } from "../../kit/simulator/pages";
import { parameter, query } from "../../kit/simulator/request";
import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import type { AlertLog } from "./alert-log";
import type { IntegrationStore, StoredInboundIntegration } from "./integration-store";
import type { AlertOpsSimulatorOptions } from "./options";
import { notFound } from "./refusal";

export const API = "/api/v2";

/** Adds the address to which other systems send alerts. */
export function addAlertRoute(app: WebApp, store: IntegrationStore, log: AlertLog): void {
  app.post("/POSTAlert/:key/:name", (request) => {
    const integration = store.at(parameter(request, "key"), parameter(request, "name"));
    if (integration === undefined) throw notFound("The integration");
    log.receive(integration, request.body);
    return JSON.stringify(`in-${log.alerts.length}`);
  });
}

/** Adds the routes of the inbound integrations. */
export function addIntegrationRoutes(app: WebApp, store: IntegrationStore, options: AlertOpsSimulatorOptions): void {
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

  function listed(one: StoredInboundIntegration, request: WebRequest) {
    const whole = store.wire(one, address(request));
    if (options.list === "whole") return whole;
    const { inbound_integration_id, inbound_integration_name, type } = whole;
    return { inbound_integration_id, inbound_integration_name, type };
  }
}

/** Adds the lists that are only read: groups, users, escalation policies and alerts. */
export function addListRoutes(app: WebApp, log: AlertLog, options: AlertOpsSimulatorOptions): void {
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
