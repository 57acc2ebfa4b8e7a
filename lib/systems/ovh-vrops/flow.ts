import type { OutgoingFlow } from "./contract";
import type { Flows } from "./flow-table";
import type { FlowPlace } from "./flow.words";

export interface WantedFlow extends FlowPlace {
  readonly description: string;
}

/** How long to wait for something to appear. */
export interface SettlingTimes {
  /** After an answer was lost, for the flow to appear. @default 10 s */
  readonly lostReplyMs: number;
  /** After a task is over, for the flow to show it. @default 60 s */
  readonly settleMs: number;
}

/** The flows that lead to a place, lowest number first. */
export function flowsTo({ ip, port }: FlowPlace, flows: Flows): OutgoingFlow[] {
  return [...flows.values()]
    .filter((flow) => flow.ip === ip && flow.servicePort === port)
    .sort((a, b) => a.outgoingFlowId - b.outgoingFlowId);
}

/** The differences between a flow and its declaration, for people. */
export function differences(flow: OutgoingFlow, description: string): string[] {
  if (flow.description === description) return [];
  return [`description is ${JSON.stringify(flow.description)}, declared ${JSON.stringify(description)}`];
}
