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
    shownBy:
      "`GET /dedicatedCloud/{serviceName}/vrops/outgoingFlow` lists the numbers of a service, also in the API console of OVHcloud",
    example: "pcc-192-0-2-10/42",
  },
});

/** The destination of a flow. */
export interface FlowPlace {
  readonly ip: string;
  readonly port: number;
}

/** The name of a flow, which consists of its destination: `to 203.0.113.25:587`. */
export const leadingTo = ({ ip, port }: FlowPlace): string => `to ${ip}:${port}`;

/** A reference to a flow by its destination and import id. */
export const flowRef = (
  service: string,
  { outgoingFlowId, ip, servicePort }: Omit<OutgoingFlow, "state" | "description">,
) => ({ name: leadingTo({ ip, port: servicePort }), id: `${service}/${outgoingFlowId}` }) satisfies ObjectRef;

/** The flow in a sentence: `the flow to 203.0.113.25:587 (id pcc-192-0-2-10/42)`. */
export const theFlow = (ref: ObjectRef): string => theObject(flowWords, ref);
