import type { Opening } from "../../kit/simulator/connectivity";
import type { SimulatedObject } from "../../kit/simulator/objects";
import type { SimulatedService } from "./state";

/** The flows of a service, as their resource knows them. */
export function objectsOf({ name: service, flows }: SimulatedService): SimulatedObject[] {
  return flows.list().map(({ outgoingFlowId, ip, servicePort, description, state }) => ({
    type: "outbound_ovh_vrops_flow",
    id: `${service}/${outgoingFlowId}`,
    name: `${ip}:${servicePort}`,
    foreign: flows.isForeign(outgoingFlowId),
    settings: { ip, servicePort, description, state },
  }));
}

/** The flows of a service, for the sandbox's map. */
export function openingsOf({ name: service, flows }: SimulatedService): Opening[] {
  return flows
    .list()
    .map(({ ip, servicePort: port, description, state }) => ({ service, ip, port, description, state }));
}

/** A service with its flows and tasks, for the state page. */
export function shownService({ name, vrops, expired, flows, tasks }: SimulatedService) {
  return {
    name,
    vrops,
    expired,
    flows: flows.list(),
    tasks: tasks.list().map(({ taskId, state, progress, description, ...task }) => {
      return { taskId, name: task.name, state, progress, description };
    }),
  };
}
