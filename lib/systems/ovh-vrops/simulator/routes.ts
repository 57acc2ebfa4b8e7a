import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import * as wire from "../contract";
import { validated } from "./body";
import type { Credentials } from "./credentials";
import type { Guard } from "./guard";
import { addLoginRoutes } from "./login-routes";
import type { OvhSimulatorOptions } from "./options";
import * as refuse from "./refusals";
import type { SimulatedFlow, SimulatedService } from "./state";

export interface Simulation {
  readonly options: OvhSimulatorOptions;
  readonly services: ReadonlyMap<string, SimulatedService>;
  readonly guard: Guard;
  readonly credentials: Credentials;
}

interface Params {
  readonly service: string;
  readonly id: string;
}

const ACTION = "pccVMware:apiovh:";

/** Adds the routes of one API version, `/1.0` or `/v1`. */
export function addRoutes(app: WebApp, version: string, simulation: Simulation): void {
  const { guard, options } = simulation;

  /** Adds a guarded route; `action` is its IAM action. */
  const route = (
    method: "GET" | "POST" | "DELETE",
    url: string,
    action: string,
    answer: (service: SimulatedService, request: WebRequest, params: Params) => unknown,
  ) =>
    app.route([method], version + url, async (request) => {
      authorise(request, action);
      // Every guarded route has the first, and those for one object the second.
      const { service: name = "", id = "" } = request.params;
      const params: Params = { service: name, id };
      const service = simulation.services.get(params.service);
      if (service === undefined) throw refuse.noSuch(`serviceName = ${params.service}`);
      if (service.expired) throw refuse.expired();
      return answer(service, request, params);
    });

  const authorise = (request: WebRequest, action: string) => guard.check({ request, version, action: ACTION + action });

  /** Reads one object by its number, or several at once. */
  const read = <T>(request: WebRequest, name: string, one: (id: number) => T | undefined) => {
    // Not a named parameter: those are decoded, and the separator of the numbers may be encoded.
    const id = request.params["*"]!;
    const separator = request.headers["x-ovh-batch"] ?? (request.query as Record<string, string>)["batch"];
    const found = (text: string) => {
      if (!/^\d+$/.test(text)) throw refuse.invalidParameter(name, text, "long");
      const value = one(Number(text));
      if (value === undefined) throw refuse.noSuch(`${name} = ${text}`);
      return value;
    };
    if (!options.batch || typeof separator !== "string" || separator === "") return found(decodeURIComponent(id));
    const keys = id.split(separator);
    if (keys.length > (options.largestBatch ?? Infinity)) throw refuse.invalidParameter(name, id, "long");
    return keys.map((key) => {
      try {
        return { key, value: found(key), error: null };
      } catch (error) {
        return { key, value: null, error: { message: (error as Error).message } };
      }
    });
  };

  const withVrops = (service: SimulatedService) => {
    if (service.vrops !== "enabled") throw refuse.noSuch("vrops");
  };
  const existing = (service: SimulatedService, id: string): SimulatedFlow => {
    withVrops(service);
    if (!/^\d+$/.test(id)) throw refuse.invalidParameter("outgoingFlowId", id, "long");
    const flow = service.flows.get(id);
    if (!flow?.listed) throw refuse.noSuch(`outgoingFlowId = ${id}`);
    return flow;
  };

  addLoginRoutes(app, version, guard, simulation.credentials);

  app.get(`${version}/dedicatedCloud`, async (request) => {
    authorise(request, "get");
    return [...simulation.services.keys()];
  });

  route("GET", "/dedicatedCloud/:service/vrops", "vrops/get", ({ vrops, name }) => ({
    state: vrops,
    url: vrops === "enabled" ? `https://${name}.example.net/vrops` : null,
    vROpsPublicIP: vrops === "enabled" ? "192.0.2.77" : null,
    version: vrops === "enabled" ? "8.10.2" : null,
    upgrades: [],
  }));

  const flows = "/dedicatedCloud/:service/vrops/outgoingFlow";
  route("GET", flows, "vrops/outgoingFlow/get", (service) => {
    withVrops(service);
    return service.flows.list(({ listed }) => listed).map(({ outgoingFlowId }) => outgoingFlowId);
  });
  route("GET", `${flows}/*`, "vrops/outgoingFlow/get", (service, request) => {
    withVrops(service);
    return read(request, "outgoingFlowId", (id) => {
      const flow = service.flows.get(id);
      return flow?.listed ? shown(flow) : undefined;
    });
  });
  route("POST", flows, "vrops/outgoingFlow/create", (service, request) => {
    const { ip, servicePort, description } = validated(wire.createFlow, request);
    withVrops(service);
    if (options.uniqueFlows && service.flowsTo(ip, servicePort).length > 0) throw refuse.taken(ip, servicePort);
    return service.create(ip, servicePort, description ?? "");
  });
  route("POST", `${flows}/:id/changeProperties`, "vrops/outgoingFlow/changeProperties", (service, request, { id }) => {
    const { description } = validated(wire.changeFlow, request);
    return service.change(existing(service, id), description);
  });
  route("DELETE", `${flows}/:id`, "vrops/outgoingFlow/delete", (service, _, { id }) => {
    const flow = existing(service, id);
    if (flow.state === "toDelete" || flow.state === "deleting") throw refuse.noSuch(`outgoingFlowId = ${id}`);
    return service.remove(flow);
  });

  route("GET", "/dedicatedCloud/:service/task", "task/get", (service, request) => {
    const { state } = request.query as Record<string, string | undefined>;
    if (state !== undefined && !(wire.TASK_STATES as readonly string[]).includes(state)) {
      throw refuse.invalidParameter("state", state, "dedicatedCloud.TaskStateEnum");
    }
    return service.tasks.list((task) => !state || task.state === state).map(({ taskId }) => taskId);
  });
  route("GET", "/dedicatedCloud/:service/task/*", "task/get", (service, request) =>
    read(request, "taskId", (id) => {
      const task = service.tasks.get(id);
      return options.forgetTasks && task?.endDate ? undefined : task;
    }),
  );
}

function shown({ outgoingFlowId, ip, servicePort, description, state }: SimulatedFlow) {
  return { outgoingFlowId, ip, servicePort, description, state };
}
