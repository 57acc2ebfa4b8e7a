import * as z from "../../../core/zod";
import { intervention, type Interventions } from "../../kit/simulator/interventions";
import type { Credentials } from "./credentials";
import type { Guard } from "./guard";
import { outcome, type TaskOutcome } from "./options";
import type { SimulatedFlow, SimulatedService } from "./state";

/**
 * The actions of colleagues and OVHcloud behind Terraform's back. Each takes JSON or no argument; a service may be omitted.
 */
export function interventionsOn(
  services: ReadonlyMap<string, SimulatedService>,
  outcomes: TaskOutcome[],
  guard: Guard,
  credentials: Credentials,
): Interventions {
  return {
    ...serviceInterventions(services),
    "fail-next-task": intervention(z.object({ outcome: z._default(outcome, "error") }), (next) => {
      outcomes.push(next.outcome);
      return next;
    }),
    /** Cancels the outcomes of `fail-next-task` that no task has met yet. */
    "succeed-tasks": () => {
      outcomes.length = 0;
      return {};
    },
    ...credentialInterventions(credentials),
    "revoke-tokens": () => {
      guard.revokeTokens();
      return {};
    },
  };
}

function serviceInterventions(services: ReadonlyMap<string, SimulatedService>): Interventions {
  const serviceOf = (name: string | undefined): SimulatedService => {
    const service = services.get(name ?? [...services.keys()][0]!);
    if (service === undefined)
      throw new RangeError(`no service ${name}; there are: ${[...services.keys()].join(", ")}`);
    return service;
  };
  const flowOf = (place: z.output<typeof PLACE>): [SimulatedService, SimulatedFlow] => {
    const service = serviceOf(place.service);
    const [flow] = service.flowsTo(place.ip, place.port);
    if (flow === undefined) throw new RangeError(`${service.name} has no flow to ${place.ip}:${place.port}`);
    return [service, flow];
  };

  return {
    "close-flow": intervention(PLACE, (place) => {
      const [service, flow] = flowOf(place);
      service.drop(flow);
      return { closed: flow.outgoingFlowId };
    }),
    "edit-flow": intervention(z.extend(PLACE, { description: z.string() }), ({ description, ...place }) => {
      const [service, flow] = flowOf(place);
      service.flows.patch(flow.outgoingFlowId, { description });
      return { edited: flow.outgoingFlowId };
    }),
    "break-flow": intervention(PLACE, (place) => {
      const [service, flow] = flowOf(place);
      service.flows.patch(flow.outgoingFlowId, { state: "error" });
      return { broken: flow.outgoingFlowId };
    }),
    "add-flow": intervention(z.extend(PLACE, { description: z._default(z.string(), "") }), (added) => {
      const { service, ip, port, description } = added;
      return { added: serviceOf(service).add(ip, port, description).outgoingFlowId };
    }),
    /** Ends the task on this flow with an outcome; `given-up` leaves the flow as it was before. */
    "end-task": intervention(
      z.extend(PLACE, { outcome: z._default(ENDING, "given-up") }),
      ({ outcome: ending, ...place }) => {
        const [service, flow] = flowOf(place);
        const task = service.taskOn(flow);
        if (task === undefined) throw new RangeError(`no task works on the flow to ${place.ip}:${place.port}`);
        task.end(ending);
        return { ended: flow.outgoingFlowId, outcome: ending };
      },
    ),
    "expire-service": intervention(WHICH, ({ service: name }) => {
      const service = serviceOf(name);
      service.expired = true;
      return { expired: service.name };
    }),
    "disable-vrops": intervention(WHICH, ({ service: name }) => {
      const service = serviceOf(name);
      service.vrops = "disabled";
      return { disabled: service.name };
    }),
  };
}

function credentialInterventions(credentials: Credentials): Interventions {
  /** Finds a credential by its key or the link to its page; the newest where neither is given. */
  const credentialOf = ({ consumerKey, validationUrl }: z.output<typeof CREDENTIAL>) => {
    const token = validationUrl && new URL(validationUrl).searchParams.get("credentialToken");
    const found = token
      ? credentials.onPage(token)
      : consumerKey
        ? credentials.withKey(consumerKey)
        : credentials.list().at(-1);
    if (found === undefined) throw new RangeError("no such credential");
    return found;
  };

  return {
    /** The owner of the account validates a key on the page; without `days`, for ever. */
    "validate-credential": intervention(
      z.extend(CREDENTIAL, { days: z.optional(z.number()) }),
      ({ days, ...which }) => {
        const { consumerKey, credentialId } = credentialOf(which);
        credentials.validate(consumerKey, days === undefined ? null : days * 86_400);
        return { validated: credentialId };
      },
    ),
    "refuse-credential": intervention(CREDENTIAL, (which) => {
      const { consumerKey, credentialId } = credentialOf(which);
      credentials.refuse(consumerKey);
      return { refused: credentialId };
    }),
  };
}

const CREDENTIAL = z.object({ consumerKey: z.optional(z.string()), validationUrl: z.optional(z.string()) });
const WHICH = z.object({ service: z.optional(z.string()) });
const PLACE = z.extend(WHICH, { ip: z.ipv4(), port: z.coerce.number().check(z.int()) });
const ENDING = z.enum(["done", "error", "canceled", "given-up"]);
