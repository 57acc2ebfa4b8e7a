import * as wire from "../contract";
import { readByNumber } from "./batch";
import { validated } from "./body";
import type { AddGuardedRoute } from "./guarded-routes";
import type { OvhSimulatorOptions } from "./options";
import * as refuse from "./refusals";
import type { SimulatedFlow, SimulatedService } from "./state";

const FLOWS = "/dedicatedCloud/:service/vrops/outgoingFlow";

/** Adds the routes of the outgoing flows. */
export function addFlowRoutes(route: AddGuardedRoute, options: OvhSimulatorOptions): void {
  route("GET", FLOWS, "vrops/outgoingFlow/get", (service) => {
    requireVrops(service);
    return service.flows.list(({ listed }) => listed).map(({ outgoingFlowId }) => outgoingFlowId);
  });
  route("GET", `${FLOWS}/*`, "vrops/outgoingFlow/get", (service, request) => {
    requireVrops(service);
    const read = (id: number) => {
      const flow = service.flows.get(id);
      return flow?.listed ? shown(flow) : undefined;
    };
    return readByNumber(request, "outgoingFlowId", read, options);
  });
  route("POST", FLOWS, "vrops/outgoingFlow/create", (service, request) => {
    const { ip, servicePort, description } = validated(wire.createFlow, request);
    requireVrops(service);
    if (options.uniqueFlows && service.flowsTo(ip, servicePort).length > 0) throw refuse.taken(ip, servicePort);
    return service.create(ip, servicePort, description ?? "");
  });
  route("POST", `${FLOWS}/:id/changeProperties`, "vrops/outgoingFlow/changeProperties", (service, request, { id }) => {
    const { description } = validated(wire.changeFlow, request);
    return service.change(existing(service, id), description);
  });
  route("DELETE", `${FLOWS}/:id`, "vrops/outgoingFlow/delete", (service, _, { id }) => {
    const flow = existing(service, id);
    if (flow.state === "toDelete" || flow.state === "deleting") throw refuse.noSuch(`outgoingFlowId = ${id}`);
    return service.remove(flow);
  });
}

function requireVrops(service: SimulatedService): void {
  if (service.vrops !== "enabled") throw refuse.noSuch("vrops");
}

function existing(service: SimulatedService, id: string): SimulatedFlow {
  requireVrops(service);
  if (!/^\d+$/.test(id)) throw refuse.invalidParameter("outgoingFlowId", id, "long");
  const flow = service.flows.get(id);
  if (!flow?.listed) throw refuse.noSuch(`outgoingFlowId = ${id}`);
  return flow;
}

function shown({ outgoingFlowId, ip, servicePort, description, state }: SimulatedFlow) {
  return { outgoingFlowId, ip, servicePort, description, state };
}
