import type { WebApp } from "../../kit/simulator/web-app";
import { TASK_STATES } from "../contract";
import { readByNumber } from "./batch";
import type { Credentials } from "./credentials";
import { addFlowRoutes } from "./flow-routes";
import type { Guard } from "./guard";
import { guardedRoutes, type AddGuardedRoute } from "./guarded-routes";
import { addLoginRoutes } from "./login-routes";
import type { OvhSimulatorOptions } from "./options";
import * as refuse from "./refusals";
import type { SimulatedService } from "./state";

export interface Simulation {
  readonly options: OvhSimulatorOptions;
  readonly services: ReadonlyMap<string, SimulatedService>;
  readonly guard: Guard;
  readonly credentials: Credentials;
}

/** Adds the routes of one API version, `/1.0` or `/v1`. */
export function addRoutes(app: WebApp, version: string, simulation: Simulation): void {
  const { guard, options, credentials, services } = simulation;
  const { authorise, route } = guardedRoutes(app, version, simulation);

  addLoginRoutes(app, version, guard, credentials);

  app.get(`${version}/dedicatedCloud`, async (request) => {
    authorise(request, "get");
    return [...services.keys()];
  });

  route("GET", "/dedicatedCloud/:service/vrops", "vrops/get", ({ vrops, name }) => ({
    state: vrops,
    url: vrops === "enabled" ? `https://${name}.example.net/vrops` : null,
    vROpsPublicIP: vrops === "enabled" ? "192.0.2.77" : null,
    version: vrops === "enabled" ? "8.10.2" : null,
    upgrades: [],
  }));
  addFlowRoutes(route, options);
  addTaskRoutes(route, options);
}

function addTaskRoutes(route: AddGuardedRoute, options: OvhSimulatorOptions): void {
  route("GET", "/dedicatedCloud/:service/task", "task/get", (service, request) => {
    const { state } = request.query as Record<string, string | undefined>;
    if (state !== undefined && !(TASK_STATES as readonly string[]).includes(state)) {
      throw refuse.invalidParameter("state", state, "dedicatedCloud.TaskStateEnum");
    }
    return service.tasks.list((task) => !state || task.state === state).map(({ taskId }) => taskId);
  });
  route("GET", "/dedicatedCloud/:service/task/*", "task/get", (service, request) => {
    const read = (id: number) => {
      const task = service.tasks.get(id);
      return options.forgetTasks && task?.endDate ? undefined : task;
    };
    return readByNumber(request, "taskId", read, options);
  });
}
