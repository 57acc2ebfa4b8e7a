import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import type { Guard } from "./guard";
import * as refuse from "./refusals";
import type { SimulatedService } from "./state";

interface Params {
  readonly service: string;
  readonly id: string;
}

/** Adds a route below a service; `action` is its IAM action. */
export type AddGuardedRoute = (
  method: "GET" | "POST" | "DELETE",
  url: string,
  action: string,
  answer: (service: SimulatedService, request: WebRequest, params: Params) => unknown,
) => void;

const ACTION = "pccVMware:apiovh:";

/** Guards the routes of one API version: it authorises each request, then finds the service. */
export function guardedRoutes(
  app: WebApp,
  version: string,
  { guard, services }: { readonly guard: Guard; readonly services: ReadonlyMap<string, SimulatedService> },
) {
  const authorise = (request: WebRequest, action: string) => guard.check({ request, version, action: ACTION + action });
  const route: AddGuardedRoute = (method, url, action, answer) =>
    app.route([method], version + url, async (request) => {
      authorise(request, action);
      // Every guarded route has the first, and those for one object the second.
      const { service: name = "", id = "" } = request.params;
      const service = services.get(name);
      if (service === undefined) throw refuse.noSuch(`serviceName = ${name}`);
      if (service.expired) throw refuse.expired();
      return answer(service, request, { service: name, id });
    });
  return { authorise, route };
}
