import { elapsed, type Clock } from "../../core/clock";
import type { Abortable } from "../../core/signals";
import { Snapshot } from "../../http/snapshot";
import type { OvhApi } from "./api";
import type { OutgoingFlow } from "./contract";
import { isDelivered } from "./flow-states";
import { sharedReading } from "../kit/words";
import { ovhWords } from "./words";

export type Flows = ReadonlyMap<number, OutgoingFlow>;

/** How long a reading suffices to recognise flows that somebody else has opened. */
const KNOWN_MS = 10_000;
/** Terraform asks for ten objects at once: within this time all of them have arrived. */
const GATHERING_MS = 5;

/**
 * All flows of one service, read once for all callers. Reading again costs one list, and the details only of flows that are
 * new, not delivered (one in error may be repaired), or being changed by us.
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
  /** The flows to request by their numbers where the list does not contain them. */
  private readonly awaited = new Set<number>();
  /** The flows that callers of a reading look for. */
  private readonly sought = new Set<number>();

  constructor(
    private readonly api: Pick<OvhApi, "flowIds" | "flows" | "flow">,
    private readonly service: string,
    private readonly clock: Pick<Clock, "now" | "sleep">,
  ) {
    this.snapshot = new Snapshot((signal) => this.load(signal), sharedReading(ovhWords));
  }

  /** The flows, from a reading after our own last write. */
  get(signal: AbortSignal): Promise<Flows> {
    return this.snapshot.get(signal);
  }

  /** Finds a flow; it is requested by its number before it counts as gone, since lists may be outdated. */
  async find(id: number, by: Abortable): Promise<OutgoingFlow | undefined> {
    const flows = this.snapshot.loaded?.value ?? (await this.seek(id, by.signal));
    return flows.get(id) ?? (await this.api.flow(this.service, id, by.signal));
  }

  /**
   * The flows from a recent reading of this run, with our own changes to known flows. Enough to find a flow in the way of a
   * new one: the other flows that this run opens lead elsewhere, since a place belongs to one resource.
   */
  known(signal: AbortSignal): Promise<Flows> {
    const { at, flows } = this.latest;
    return elapsed(this.clock) - at < KNOWN_MS ? Promise.resolve(flows) : this.get(signal);
  }

  /** The flows from a new reading. */
  refresh(signal: AbortSignal): Promise<Flows> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** Marks the flow as being changed by us: its details are read again until `finished` is called. */
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

  /** Marks the flow as existing, whether lists already contain it or not, until `finished` is called. */
  awaits(id: number): { finished(): void } {
    this.awaited.add(id);
    return { finished: () => void this.awaited.delete(id) };
  }

  /** Makes readings stale, because we have made a flow. */
  invalidate(): void {
    this.snapshot.invalidate();
  }

  private async seek(id: number, signal: AbortSignal): Promise<Flows> {
    this.sought.add(id);
    try {
      return await this.get(signal);
    } finally {
      this.sought.delete(id);
    }
  }

  private async load(signal: AbortSignal): Promise<Flows> {
    const order = ++this.order;
    const at = elapsed(this.clock);
    const { flows: known } = this.latest;
    const trusted = (id: number): OutgoingFlow | undefined => {
      const flow = known.get(id);
      return flow !== undefined && isDelivered(flow) && !this.changing.has(id) ? flow : undefined;
    };
    const list = this.api.flowIds(this.service, signal);
    const early = this.soughtBeside(list, (id) => trusted(id) === undefined, signal);
    // Where the list fails, too, its error is reported.
    early.catch(() => undefined);
    const ids = await list;
    const unlisted = [...this.awaited].filter((id) => !ids.includes(id));
    const first = await early;
    const unsure = ids.filter((id) => trusted(id) === undefined && !first.has(id));
    const [others, found] = await Promise.all([
      unsure.length > 0 ? this.api.flows(this.service, unsure, signal) : new Map<number, OutgoingFlow>(),
      Promise.all(unlisted.map((id) => this.api.flow(this.service, id, signal))),
    ]);
    const flows = new Map<number, OutgoingFlow>();
    for (const id of ids) {
      // A flow that was listed but could not be read has been deleted meanwhile.
      const flow = first.get(id) ?? others.get(id) ?? trusted(id);
      if (flow !== undefined) flows.set(id, flow);
    }
    for (const flow of found) if (flow !== undefined) flows.set(flow.outgoingFlowId, flow);
    if (order > this.latest.order) this.latest = { flows, order, at };
    return flows;
  }

  /** Requests the flows that are looked for, unless the list is answered at once: it saves a small stack a round trip. */
  private async soughtBeside(
    list: Promise<unknown>,
    isUnsure: (id: number) => boolean,
    signal: AbortSignal,
  ): Promise<Flows> {
    if (this.sought.size === 0) return new Map();
    const isListed = await Promise.race([
      list.then(() => true),
      this.clock.sleep(GATHERING_MS, signal).then(() => false),
    ]);
    const ids = isListed ? [] : [...this.sought].filter(isUnsure);
    return ids.length > 0 ? this.api.flows(this.service, ids, signal) : new Map();
  }

  private forget(id: number): void {
    const flows = new Map(this.latest.flows);
    flows.delete(id);
    this.latest = { flows, order: ++this.order, at: -Infinity };
  }
}
