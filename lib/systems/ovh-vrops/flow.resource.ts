import { ProblemError } from "../../core/problem";
import type { Context, CreateRequest, Resource } from "../../terraform-plugin/resource";
import { UNKNOWN } from "../../terraform-plugin/values";
import type { OvhVropsClient } from "./client";
import type { Flow } from "./contract";
import * as say from "./errors";
import { flowSchema, type FlowSchema, type FlowState } from "./flow.schema";
import type { FlowService, WantedFlow } from "./flow-service";
import { isFailed, isGoing } from "./flow-states";

type FlowContext = Context<OvhVropsClient>;

/** `outbound_ovh_vrops_flow`: observe, ensure, sync, return. */
export const flowResource: Resource<FlowSchema, OvhVropsClient> = {
  schema: flowSchema,

  plan({ prior, planned, replace }) {
    if (prior?.state !== "error" || planned === null) return;
    // Terraform replaces only for a value that changes: it cannot stay in error.
    planned.state = UNKNOWN;
    replace.add("state");
  },

  create(request, context) {
    const { planned } = request;
    const wanted = { ip: planned.ip, port: planned.port, description: planned.description };
    return context.client.on(planned.service_name, context.signal, async (flows) => {
      const place = flows.reserve(wanted);
      try {
        return stateOf(planned, await ensure(flows, wanted, request, context));
      } catch (error) {
        place.release();
        throw error;
      }
    });
  },

  async read({ prior }, context) {
    const { signal, client } = context;
    const flow = await client.on(prior.service_name, signal, async (flows) =>
      (await flows.table.get(signal)).get(prior.flow_id!),
    );
    // One on its way out is as good as gone: the next apply waits for it before it opens another.
    if (flow === undefined || isGoing(flow)) return null;
    if (isFailed(flow)) context.report(say.flowWillBeReplaced(prior.service_name, flow.outgoingFlowId));
    return stateOf({ ...prior, adopt_existing: prior.adopt_existing ?? false }, flow);
  },

  update({ planned, prior }, { client, signal }) {
    return client.on(prior.service_name, signal, async (flows) => {
      const flow = (await flows.table.get(signal)).get(prior.flow_id!);
      if (flow === undefined) throw new ProblemError(say.flowVanished(prior.service_name, prior.flow_id!));
      // Only `adopt_existing` or `timeouts` may have changed.
      if (flow.description === planned.description) return stateOf(planned, flow);
      return stateOf(planned, await flows.change(flow, planned.description, signal));
    });
  },

  delete({ prior }, context) {
    const { client, signal } = context;
    return client.on(prior.service_name, signal, async (flows) => {
      const closed = await flows.close(prior.flow_id!, signal);
      if (!closed) context.report(say.leftToAnother(prior.service_name, prior.flow_id!));
    });
  },

  import(id) {
    const [, service, flowId] = /^([A-Za-z0-9][A-Za-z0-9._-]*)\/(\d{1,15})$/.exec(id) ?? [];
    if (service === undefined) {
      throw new ProblemError(say.badImportId(id, /^[A-Za-z0-9][A-Za-z0-9._-]*(?=\/?$)/.exec(id)?.[0]));
    }
    return {
      id: `${service}/${Number(flowId)}`,
      service_name: service,
      flow_id: Number(flowId),
      adopt_existing: false,
    };
  },
};

/** The flow as wanted: found, repaired or opened. */
async function ensure(
  flows: FlowService,
  wanted: WantedFlow,
  { planned, save }: CreateRequest<FlowSchema>,
  context: FlowContext,
): Promise<Flow> {
  const { signal } = context;
  const seen = (flow: Flow) => save(stateOf(planned, flow));
  const existing = await flows.at(wanted, signal);
  const equal = existing.filter(({ description }) => description === wanted.description);
  const usable = equal.find((flow) => !isFailed(flow));
  if (usable !== undefined) {
    flows.takenOver.add(usable.outgoingFlowId);
    const others = existing.filter((flow) => flow !== usable);
    context.report(say.adopted(flows.name, usable, others));
    seen(usable);
    // It may be the work of a run that was killed: then it is not open yet.
    const before = new Set(others.map(({ outgoingFlowId }) => outgoingFlowId));
    return flows.untilDelivered(wanted, before, undefined, seen, signal);
  }
  // Equal but in error: what a failed task has left. Nobody can use it, so it makes room.
  for (const broken of equal) await flows.close(broken.outgoingFlowId, signal);

  const other = existing.find((flow) => !equal.includes(flow));
  if (other !== undefined) {
    if (!planned.adopt_existing) throw new ProblemError(say.flowExists(flows.name, other, wanted.description));
    flows.takenOver.add(other.outgoingFlowId);
    context.report(say.adoptedWithChange(flows.name, other, wanted.description));
    seen(other);
    return flows.change(other, wanted.description, signal);
  }
  return flows.open(wanted, seen, signal);
}

function stateOf(base: FlowState, flow: Flow): FlowState {
  return {
    ...base,
    id: `${base.service_name}/${flow.outgoingFlowId}`,
    ip: flow.ip,
    port: flow.servicePort,
    description: flow.description,
    flow_id: flow.outgoingFlowId,
    state: flow.state,
  };
}
