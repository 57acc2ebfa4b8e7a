import { objectWords, theObject, type ObjectRef } from "../kit/words";
import type { OutgoingFlow } from "./contract";
import { flowSchema } from "./flow.schema";
import { ovhWords } from "./words";

export const flowWords = objectWords(ovhWords, flowSchema, {
  kind: "flow",
  identifiedBy: "ip",
  naming: "phrase",
  where: "GET /dedicatedCloud/<service>/vrops/outgoingFlow",
  importId: {
    form: "<service_name>/<flow_id>",
    told: "`GET /dedicatedCloud/{serviceName}/vrops/outgoingFlow` lists the numbers of a service, also in the API console of OVHcloud",
    example: "pcc-192-0-2-10/42",
  },
});

/** What a flow leads to. */
export interface FlowPlace {
  readonly ip: string;
  readonly port: number;
}

/** `to 203.0.113.25:587`: a flow has no name, it is where it leads. */
export const leadingTo = ({ ip, port }: FlowPlace): string => `to ${ip}:${port}`;

/** A flow by where it leads and its import id. */
export const flowRef = (
  service: string,
  { outgoingFlowId, ip, servicePort }: Omit<OutgoingFlow, "state" | "description">,
) => ({ name: leadingTo({ ip, port: servicePort }), id: `${service}/${outgoingFlowId}` }) satisfies ObjectRef;

/** `the flow to 203.0.113.25:587 (id pcc-192-0-2-10/42)`. */
export const theFlow = (ref: ObjectRef): string => theObject(flowWords, ref);
