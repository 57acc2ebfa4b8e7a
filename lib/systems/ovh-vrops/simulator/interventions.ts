import { z } from "zod";
import type { Outcome } from "./options";
import { outcome } from "./options";
import type { Guard } from "./guard";
import type { SimulatedFlow, SimulatedService } from "./state";

/** What colleagues and OVHcloud do behind Terraform's back. Each argument may be JSON or nothing; a service may be left out. */
export function interventionsOn(
  services: ReadonlyMap<string, SimulatedService>,
  outcomes: Outcome[],
  guard: Guard,
): Record<string, (argument: unknown) => unknown> {
  const serviceOf = (name: string | undefined): SimulatedService => {
    const service = services.get(name ?? [...services.keys()][0]!);
    if (service === undefined)
      throw new RangeError(`no service ${name}; there are: ${[...services.keys()].join(", ")}`);
    return service;
  };
  const flowOf = (place: { service?: string; ip: string; port: number }): [SimulatedService, SimulatedFlow] => {
    const service = serviceOf(place.service);
    const flow = [...service.flows.values()].find(
      ({ ip, servicePort }) => ip === place.ip && servicePort === place.port,
    );
    if (flow === undefined) throw new RangeError(`${service.name} has no flow to ${place.ip}:${place.port}`);
    return [service, flow];
  };
  const oneService = z.object({ service: z.string().optional() }).default({});
  const place = z.object({ service: z.string().optional(), ip: z.ipv4(), port: z.coerce.number().int() });

  return {
    "close-flow": (argument) => {
      const [service, flow] = flowOf(place.parse(argument));
      service.drop(flow);
      return { closed: flow.outgoingFlowId };
    },
    "edit-flow": (argument) => {
      const { description, ...where } = place.extend({ description: z.string() }).parse(argument);
      const [, flow] = flowOf(where);
      flow.description = description;
      return { edited: flow.outgoingFlowId };
    },
    "break-flow": (argument) => {
      const [, flow] = flowOf(place.parse(argument));
      flow.state = "error";
      return { broken: flow.outgoingFlowId };
    },
    "add-flow": (argument) => {
      const { service, ip, port, description } = place.extend({ description: z.string().default("") }).parse(argument);
      return { added: serviceOf(service).add(ip, port, description).outgoingFlowId };
    },
    "fail-next-task": (argument) => {
      const next = z
        .object({ outcome: outcome.default("error") })
        .default({ outcome: "error" })
        .parse(argument ?? undefined);
      outcomes.push(next.outcome);
      return next;
    },
    "expire-service": (argument) => {
      const service = serviceOf(oneService.parse(argument ?? undefined).service);
      service.expired = true;
      return { expired: service.name };
    },
    "disable-vrops": (argument) => {
      const service = serviceOf(oneService.parse(argument ?? undefined).service);
      service.vrops = "disabled";
      return { disabled: service.name };
    },
    "revoke-tokens": () => {
      guard.revokeTokens();
      return {};
    },
  };
}
