import { elapsed, type Clock } from "../../core/clock";
import type { Abortable } from "../../core/signals";
import { Snapshot } from "../../http/snapshot";
import type { OvhApi } from "./api";
import type { OutgoingFlow } from "./contract";
import { isDelivered } from "./flow-states";
import { sharedReading } from "../kit/words";
import { ovhWords } from "./words";

export type Flows = ReadonlyMap<number, OutgoingFlow>;

/** Of what somebody else opens, the flows as they were so long ago do not tell. */
const KNOWN_MS = 10_000;

/**
 * All flows of one service, read once for everybody. Reading again costs one list, and the details
 * only of flows that are new, not delivered (one in error may be repaired), or being changed by us.
 */
export class FlowTable {
  private readonly snapshot: Snapshot<Flows>;
  private latest: { readonly flows: Flows; readonly order: number; readonly at: number } = {
    flows: new Map(),
    order: 0,
    at: -Infinity,
  };
  private order = 0;
  private readonly changing = new Set<number>();
  /** Asked for by their numbers where the list does not have them. */
  private readonly awaited = new Set<number>();

  constructor(
    private readonly api: Pick<OvhApi, "flowIds" | "flows" | "flow">,
    private readonly service: string,
    private readonly clock: Pick<Clock, "now">,
  ) {
    this.snapshot = new Snapshot((signal) => this.load(signal), sharedReading(ovhWords));
  }

  /** The flows, from a reading after our own last write. */
  get(signal: AbortSignal): Promise<Flows> {
    return this.snapshot.get(signal);
  }

  /** One of them; asked for by its number before it counts as gone, since lists may be behind. */
  async find(id: number, by: Abortable): Promise<OutgoingFlow | undefined> {
    const flows = this.snapshot.loaded?.value ?? (await this.get(by.signal));
    return flows.get(id) ?? (await this.api.flow(this.service, id, by.signal));
  }

  /**
   * The flows as this run has read them a moment ago, our own changes of known flows included. Enough to see what is in
   * the way of a new flow: what this run opens itself leads elsewhere, since a place belongs to one resource.
   */
  known(signal: AbortSignal): Promise<Flows> {
    const { at, flows } = this.latest;
    return elapsed(this.clock) - at < KNOWN_MS ? Promise.resolve(flows) : this.get(signal);
  }

  /** The flows as they are now. */
  refresh(signal: AbortSignal): Promise<Flows> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** Says that we change the flow: its details are read anew until `finished` is called. */
  changes(id: number): { finished(): void } {
    this.changing.add(id);
    this.awaited.add(id);
    this.snapshot.invalidate();
    return {
      finished: () => {
        this.changing.delete(id);
        this.awaited.delete(id);
        // The next reading decides by its state again, so it must not find one from before the change.
        this.forget(id);
        this.snapshot.invalidate();
      },
    };
  }

  /** Says that the flow is there, whether lists have it already or not, until `finished` is called. */
  awaits(id: number): { finished(): void } {
    this.awaited.add(id);
    return { finished: () => void this.awaited.delete(id) };
  }

  /** Says that we have made a flow. */
  invalidate(): void {
    this.snapshot.invalidate();
  }

  private async load(signal: AbortSignal): Promise<Flows> {
    const order = ++this.order;
    const at = elapsed(this.clock);
    const { flows: known } = this.latest;
    const ids = await this.api.flowIds(this.service, signal);
    const unlisted = [...this.awaited].filter((id) => !ids.includes(id));
    const trusted = (id: number): OutgoingFlow | undefined => {
      const flow = known.get(id);
      return flow !== undefined && isDelivered(flow) && !this.changing.has(id) ? flow : undefined;
    };
    const unsure = ids.filter((id) => trusted(id) === undefined);
    const [read, found] = await Promise.all([
      unsure.length > 0 ? this.api.flows(this.service, unsure, signal) : new Map<number, OutgoingFlow>(),
      Promise.all(unlisted.map((id) => this.api.flow(this.service, id, signal))),
    ]);
    const flows = new Map<number, OutgoingFlow>();
    for (const id of ids) {
      // One that was listed but could not be read has gone in between.
      const flow = read.get(id) ?? trusted(id);
      if (flow !== undefined) flows.set(id, flow);
    }
    for (const flow of found) if (flow !== undefined) flows.set(flow.outgoingFlowId, flow);
    if (order > this.latest.order) this.latest = { flows, order, at };
    return flows;
  }

  private forget(id: number): void {
    const flows = new Map(this.latest.flows);
    flows.delete(id);
    this.latest = { flows, order: ++this.order, at: -Infinity };
  }
}
