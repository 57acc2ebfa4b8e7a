import { Snapshot } from "../../http/snapshot";
import type { OvhApi } from "./api";
import type { Flow } from "./contract";
import { isDelivered } from "./flow-states";

export type Flows = ReadonlyMap<number, Flow>;

/**
 * All flows of one service, read once for everybody. Reading again costs one list, and the details
 * only of flows that are new, not delivered (one in error may be repaired), or being changed by us.
 */
export class FlowTable {
  private readonly snapshot: Snapshot<Flows>;
  private latest: { readonly flows: Flows; readonly order: number } = { flows: new Map(), order: 0 };
  private order = 0;
  private readonly changing = new Set<number>();

  constructor(
    private readonly api: Pick<OvhApi, "flowIds" | "flows">,
    private readonly service: string,
  ) {
    this.snapshot = new Snapshot((signal) => this.load(signal));
  }

  /** The flows, from a reading after our own last write. */
  get(signal: AbortSignal): Promise<Flows> {
    return this.snapshot.get(signal);
  }

  /**
   * The flows as this run last read them, our own changes of known flows included. Enough to see what is in the way of a
   * new flow: what this run opens itself leads elsewhere, since a place belongs to one resource.
   */
  known(signal: AbortSignal): Promise<Flows> {
    return this.latest.order > 0 ? Promise.resolve(this.latest.flows) : this.get(signal);
  }

  /** The flows as they are now. */
  refresh(signal: AbortSignal): Promise<Flows> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** Says that we change the flow: its details are read anew until `finished` is called. */
  changes(id: number): { finished(): void } {
    this.changing.add(id);
    this.snapshot.invalidate();
    return {
      finished: () => {
        this.changing.delete(id);
        // The next reading decides by its state again, so it must not find one from before the change.
        this.forget(id);
        this.snapshot.invalidate();
      },
    };
  }

  /** Says that we have made a flow. */
  invalidate(): void {
    this.snapshot.invalidate();
  }

  private async load(signal: AbortSignal): Promise<Flows> {
    const order = ++this.order;
    const { flows: known } = this.latest;
    const ids = await this.api.flowIds(this.service, signal);
    const trusted = (id: number): Flow | undefined => {
      const flow = known.get(id);
      return flow !== undefined && isDelivered(flow) && !this.changing.has(id) ? flow : undefined;
    };
    const unsure = ids.filter((id) => trusted(id) === undefined);
    const read = unsure.length > 0 ? await this.api.flows(this.service, unsure, signal) : new Map<number, Flow>();
    const flows = new Map<number, Flow>();
    for (const id of ids) {
      // One that was listed but could not be read has gone in between.
      const flow = read.get(id) ?? trusted(id);
      if (flow !== undefined) flows.set(id, flow);
    }
    if (order > this.latest.order) this.latest = { flows, order };
    return flows;
  }

  private forget(id: number): void {
    const flows = new Map(this.latest.flows);
    flows.delete(id);
    this.latest = { flows, order: ++this.order };
  }
}
