import { parameter, query } from "../../kit/simulator/request";
import type { SimulatorWorld } from "../../kit/simulator/simulation";
import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import type { Directory } from "./directory";
import { entityIn } from "./odata-address";
import { notFound } from "./refusal";
import type { TenantStore } from "./tenant-store";
import type { WebhookStore } from "./webhook-store";

interface Parts {
  readonly tenant: TenantStore;
  readonly directory: Directory;
  readonly webhooks: WebhookStore;
  readonly world: Pick<SimulatorWorld, "clock" | "random">;
  /** Throws the refusal of a request that lacks the scope. */
  allowed(request: WebRequest, scope: string, write?: boolean): void;
}

/** Adds the routes of Orchestrator's collections and their entities: roles, accounts, webhooks, and single settings. */
export function addEntityRoutes(api: WebApp, { tenant, directory, webhooks, world, allowed }: Parts): void {
  api.get("/odata/Roles", (request) => {
    allowed(request, "OR.Users");
    return directory.roles(query(request));
  });
  api.get("/odata/Users", (request) => {
    allowed(request, "OR.Users");
    return directory.users(query(request));
  });
  api.get("/odata/Webhooks", (request) => {
    allowed(request, "OR.Webhooks");
    return webhooks.list(query(request));
  });
  api.post("/odata/Webhooks", (request, reply) => {
    allowed(request, "OR.Webhooks", true);
    return reply.code(201).send(webhooks.create(request.body));
  });
  api.get("/odata/Webhooks/UiPath.Server.Configuration.OData.GetEventTypes", (request) => {
    allowed(request, "OR.Webhooks");
    return webhooks.eventTypes();
  });
  api.get("/odata/:entity", (request) => {
    const { set, key } = entityIn(request);
    switch (set) {
      case "webhooks":
        allowed(request, "OR.Webhooks");
        return webhooks.read(Number(key));
      case "settings":
        allowed(request, "OR.Settings");
        return tenant.read(key);
      case "users":
        allowed(request, "OR.Users");
        return directory.user(Number(key), query(request));
      case "roles":
        allowed(request, "OR.Users");
        return directory.role(Number(key), query(request));
      default:
        throw notFound("The resource");
    }
  });
  api.put("/odata/:entity", (request, reply) => {
    const { set, key } = entityIn(request);
    if (set === "settings") {
      allowed(request, "OR.Settings", true);
      tenant.put(key, request.body);
      return reply.code(200).send();
    }
    allowed(request, "OR.Webhooks", true);
    return webhooks.replace(webhookKey(request), request.body);
  });
  api.patch("/odata/:entity", (request) => {
    allowed(request, "OR.Webhooks", true);
    return webhooks.change(webhookKey(request), request.body);
  });
  api.delete("/odata/:entity", (request, reply) => {
    allowed(request, "OR.Webhooks", true);
    webhooks.delete(webhookKey(request));
    return reply.code(204).send();
  });
  api.post("/odata/:entity/UiPath.Server.Configuration.OData.Ping", (request, reply) => {
    allowed(request, "OR.Webhooks", true);
    const eventId = world.random().toString(16).slice(2, 18);
    return reply.code(202).send(webhooks.ping(webhookKey(request), eventId, new Date(world.clock.now())));
  });
  api.get("/odata/Roles/:call", (request) => {
    allowed(request, "OR.Users");
    const role = /GetUserIdsForRole\(key=(\d+)\)$/i.exec(parameter(request, "call"))?.[1];
    if (role === undefined) throw notFound("The resource");
    return directory.userIdsOf(Number(role));
  });
}

function webhookKey(request: WebRequest): number {
  const { set, key } = entityIn(request);
  if (set !== "webhooks") throw notFound("The resource");
  return Number(key);
}
