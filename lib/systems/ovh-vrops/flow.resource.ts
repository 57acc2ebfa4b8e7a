import { ProblemError } from "../../core/problem";
import type { Context, CreateRequest, Planned, Resource } from "../../terraform-plugin/resource";
import { UNKNOWN, type Unknown } from "../../terraform-plugin/values";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId, vanished } from "../kit/problems";
import type { OvhVropsClient } from "./client";
import type { PlannedCall } from "./login-check";
import type { OutgoingFlow } from "./contract";
import { flowIsClosing, flowWillBeReplaced } from "./flow.errors";
import { differences, type WantedFlow } from "./flow";
import { flowSchema, type FlowSchema, type FlowState } from "./flow.schema";
import type { FlowService } from "./flow-service";
import { isFailed, isGoing } from "./flow-states";
import { flowRef, flowWords, leadingTo } from "./flow.words";

type FlowContext = Context<OvhVropsClient>;

/** `outbound_ovh_vrops_flow`: an outgoing firewall flow of a hosted vROps. */
export const flowResource: Resource<FlowSchema, OvhVropsClient> = {
  schema: flowSchema,

  async plan({ prior, planned, replace }, context) {
    const isBroken = prior !== null && planned !== null && (prior.state === "error" || isGoing(prior));
    if (isBroken) {
      // Terraform replaces only for a value that changes, so the state must be unknown.
      planned.state = UNKNOWN;
      replace.add("state");
    }
    const calls = callsOf(prior, planned, isBroken);
    if (calls.length === 0) return;
    const client = await context.connect();
    for (const problem of (await client?.preflight(calls, context.signal)) ?? []) context.report(problem);
  },

  create(request, context) {
    const { planned } = request;
    return context.client.on(planned.service_name, context, async (flows) =>
      stateOf(planned, await ensure(flows, request, context)),
    );
  },

  async read({ prior }, context) {
    const service = prior.service_name;
    const flow = await context.client.on(service, context, (flows) => flows.table.find(prior.flow_id!, context));
    if (flow === undefined) return null;
    if (isFailed(flow)) context.report(flowWillBeReplaced(service, flow));
    // It is not gone yet: OVHcloud may give up closing it, and then nobody would manage it.
    if (isGoing(flow)) context.report(flowIsClosing(service, flow));
    return stateOf({ ...prior, adopt_existing: prior.adopt_existing ?? false }, flow);
  },

  update({ planned, prior }, context) {
    return context.client.on(prior.service_name, context, async (flows) => {
      const flow = await flows.table.find(prior.flow_id!, context);
      if (flow === undefined) {
        throw new ProblemError(vanished(flowWords, { name: leadingTo(planned), id: prior.id }));
      }
      // Only `adopt_existing` or `timeouts` may have changed.
      if (flow.description === planned.description) return stateOf(planned, flow);
      return stateOf(planned, await flows.change(flow, planned.description, context.signal));
    });
  },

  delete({ prior }, context) {
    return context.client.on(prior.service_name, context, (flows) => flows.close(prior.flow_id!, context.signal));
  },

  import(id) {
    const [, service, flowId] = /^([A-Za-z0-9][A-Za-z0-9._-]*)\/(\d{1,15})$/.exec(id) ?? [];
    if (service === undefined) throw new ProblemError(badImportId(flowWords, id));
    return {
      id: `${service}/${Number(flowId)}`,
      service_name: service,
      flow_id: Number(flowId),
      adopt_existing: false,
    };
  },
};

/** The calls that a change makes, as far as the plan knows their paths. */
function callsOf(
  prior: FlowState | null,
  planned: Planned<FlowSchema> | null,
  isBroken: boolean,
): readonly PlannedCall[] {
  const at = (service: FlowState["service_name"] | Unknown | null) =>
    `/dedicatedCloud/${String(service)}/vrops/outgoingFlow`;
  const opens = { method: "POST", path: at(planned?.service_name ?? null) };
  if (prior === null) return typeof planned?.service_name === "string" ? [opens] : [];
  const flow = `${at(prior.service_name)}/${prior.flow_id}`;
  const closes = { method: "DELETE", path: flow };
  if (planned === null) return [closes];
  const isReplaced =
    isBroken || (["service_name", "ip", "port"] as const).some((name) => planned[name] !== prior[name]);
  if (isReplaced) return typeof planned.service_name === "string" ? [closes, opens] : [closes];
  return planned.description === prior.description ? [] : [{ method: "POST", path: `${flow}/changeProperties` }];
}

/** Finds, repairs or opens the flow. */
async function ensure(
  flows: FlowService,
  { planned, ownership, save }: CreateRequest<FlowSchema>,
  { signal, report }: FlowContext,
): Promise<OutgoingFlow> {
  const wanted: WantedFlow = { ip: planned.ip, port: planned.port, description: planned.description };
  const idOf = (flow: OutgoingFlow) => flowRef(flows.name, flow).id;
  const seen = (flow: OutgoingFlow) => save(stateOf(planned, flow));
  const open = () => flows.open(wanted, { seen, report }, signal);
  /** Equal flows that a failed task has left and nobody manages: nobody can use them. */
  const leftovers: OutgoingFlow[] = [];

  return createOrTakeOver<OutgoingFlow>(
    {
      words: flowWords,
      name: leadingTo(wanted),
      idOf,
      existing: async () => {
        const all = await flows.at(wanted, signal);
        const kinds = await Promise.all(
          all.map(async (flow) =>
            isFailed(flow) && differences(flow, wanted.description).length === 0
              ? (await ownership.standing(idOf(flow))).kind
              : undefined,
          ),
        );
        leftovers.push(...all.filter((_, index) => kinds[index] === "free"));
        return all.filter((flow) => !leftovers.includes(flow));
      },
      differences: (flow) => differences(flow, wanted.description),
      adoptExisting: planned.adopt_existing,
      create: async () => {
        for (const { outgoingFlowId } of leftovers) await flows.close(outgoingFlowId, signal);
        return open();
      },
      write: async (flow, left) => {
        if (isFailed(flow)) {
          // It cannot be repaired; its replacement has another number.
          await flows.close(flow.outgoingFlowId, signal);
          return open();
        }
        return left.length > 0 ? flows.change(flow, wanted.description, signal) : flows.untilOpen(flow, signal);
      },
      save: seen,
    },
    { ownership, report },
  );
}

function stateOf(base: FlowState, flow: OutgoingFlow): FlowState {
  return {
    ...base,
    id: flowRef(base.service_name, flow).id,
    ip: flow.ip,
    port: flow.servicePort,
    description: flow.description,
    flow_id: flow.outgoingFlowId,
    state: flow.state,
  };
}
