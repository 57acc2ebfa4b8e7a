import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { notGone, notKept, vanished } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { OvhApi } from "./api";
import type { OutgoingFlow, Task } from "./contract";
import { flowInError, vropsNotEnabled } from "./flow.errors";
import { differences, flowsTo, type SettlingTimes, type WantedFlow } from "./flow";
import { FlowOpening, type OpeningCalls } from "./flow-opening";
import { isDelivered, isFailed, isGoing, isOver, throwIfFailed } from "./flow-states";
import { FlowTable } from "./flow-table";
import { isGone, isOfSignature } from "./refusals";
import { Watch } from "./watch";
import { flowRef, flowWords, theFlow, type FlowPlace } from "./flow.words";

/** The flows of one service: finds, opens, changes and closes them. It trusts the flows, not the tasks. */
export class FlowService {
  readonly table: FlowTable;
  private readonly watch: Watch;
  private readonly opening: FlowOpening;

  constructor(
    readonly name: string,
    private readonly api: OvhApi,
    clock: Clock,
    private readonly settling: SettlingTimes,
  ) {
    this.table = new FlowTable(api, name, clock);
    this.watch = new Watch(api, this.table, name, clock);
    this.opening = new FlowOpening(name, api, this.table, this.watch, clock, settling);
  }

  /** The flows that lead to a place, lowest number first. Waits for those that are being closed. */
  async at(place: FlowPlace, signal: AbortSignal): Promise<readonly OutgoingFlow[]> {
    const found = flowsTo(place, await this.table.known(signal));
    const now = await Promise.all(found.map((flow) => (isGoing(flow) ? this.untilStill(flow, signal) : flow)));
    return now.filter((flow) => flow !== undefined);
  }

  /** Opens a flow where there is none, and waits until it is open. */
  async open(wanted: WantedFlow, calls: OpeningCalls, signal: AbortSignal): Promise<OutgoingFlow> {
    const before = flowsTo(wanted, await this.table.known(signal));
    return this.opening.run(wanted, before, calls, signal);
  }

  /** Waits until an existing flow is open: a killed run may have requested it. */
  async untilOpen(flow: OutgoingFlow, signal: AbortSignal): Promise<OutgoingFlow> {
    if (isDelivered(flow)) return flow;
    const awaited = this.table.awaits(flow.outgoingFlowId);
    try {
      return await this.watch.until(
        undefined,
        ({ flows, quietMs }) => {
          const now = flows.get(flow.outgoingFlowId);
          if (now === undefined && quietMs >= this.settling.settleMs) throw this.vanished(flow);
          if (now !== undefined && isFailed(now)) throw new ProblemError(flowInError(this.name, now));
          return now !== undefined && isDelivered(now) ? now : undefined;
        },
        signal,
      );
    } finally {
      awaited.finished();
    }
  }

  async change(flow: OutgoingFlow, description: string, signal: AbortSignal): Promise<OutgoingFlow> {
    const { finished } = this.table.changes(flow.outgoingFlowId);
    const doing = `change ${this.the(flow)}`;
    try {
      const task = await this.api.changeFlow(this.name, flow.outgoingFlowId, description, doing, signal);
      return await this.watch.until(
        task.taskId,
        ({ flows, task: current, quietMs }) => {
          throwIfFailed(doing, current);
          const now = flows.get(flow.outgoingFlowId);
          if (now && isFailed(now) && isOver(current)) throw new ProblemError(flowInError(this.name, now));
          if (now && isDelivered(now) && now.description === description && isOver(current)) return now;
          if (quietMs < this.settling.settleMs || (now && !isDelivered(now))) return undefined;
          if (now === undefined) throw this.vanished(flow);
          const left = differences(now, description);
          throw new ProblemError(notKept(flowWords, flowRef(this.name, now), left));
        },
        signal,
      );
    } finally {
      finished();
    }
  }

  /** Closes a flow and waits until it is gone; a missing flow is no error. */
  async close(flowId: number, signal: AbortSignal): Promise<void> {
    const found = await this.table.find(flowId, { signal });
    if (found === undefined) return;
    const { finished } = this.table.changes(flowId);
    try {
      // Somebody has already requested it, and OVHcloud may still give that up.
      const flow = isGoing(found) ? await this.untilStill(found, signal) : found;
      if (flow === undefined) return;
      const task = await this.requestClosing(flow, signal);
      await this.untilGone(flow, task, signal);
    } finally {
      finished();
    }
  }

  /** Explains an error by the state of the whole service, if that is the cause; else returns the error. */
  async diagnose(error: unknown, signal: AbortSignal): Promise<unknown> {
    if (!(error instanceof CallError) || ![400, 404, 409].includes(error.status ?? 0)) return error;
    if (isOfSignature(error) || (error.status === 404 && !isGone(error))) return error;
    try {
      const { state } = await this.api.vrops(this.name, signal);
      return state === "enabled" ? error : new ProblemError(vropsNotEnabled(this.name, state));
    } catch {
      return error;
    }
  }

  /** Waits for a flow that is being closed; returns it when OVHcloud has given that up, undefined once it is gone. */
  private async untilStill(flow: OutgoingFlow, signal: AbortSignal): Promise<OutgoingFlow | undefined> {
    const awaited = this.table.awaits(flow.outgoingFlowId);
    try {
      const still = await this.watch.until(
        undefined,
        ({ flows }) => {
          const now = flows.get(flow.outgoingFlowId) ?? null;
          return now !== null && isGoing(now) ? undefined : { now };
        },
        signal,
      );
      return still.now ?? undefined;
    } finally {
      awaited.finished();
    }
  }

  /** Undefined when another request, or one of ours whose answer was lost, already closes the flow. */
  private async requestClosing(flow: OutgoingFlow, signal: AbortSignal): Promise<Task | undefined> {
    try {
      return await this.api.deleteFlow(this.name, flow.outgoingFlowId, `close ${this.the(flow)}`, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const settling = mayBeClosing(error) ? this.settling.lostReplyMs : 0;
      const looked = await this.watch
        .until(
          undefined,
          ({ flows, quietMs }) => {
            const now = flows.get(flow.outgoingFlowId);
            if (now === undefined || isGoing(now)) return { closing: true };
            return quietMs >= settling ? { closing: false } : undefined;
          },
          signal,
        )
        // The first error is more informative than a failed check.
        .catch(() => ({ closing: false }));
      if (!looked.closing) throw error;
      return undefined;
    }
  }

  private async untilGone(flow: OutgoingFlow, task: Task | undefined, signal: AbortSignal): Promise<void> {
    const doing = `close ${this.the(flow)}`;
    await this.watch.until(
      task?.taskId,
      ({ flows, task: current, quietMs }) => {
        const now = flows.get(flow.outgoingFlowId);
        if (now === undefined) return true;
        throwIfFailed(doing, current);
        if (isFailed(now) && isOver(current) && !isFailed(flow)) {
          throw new ProblemError(flowInError(this.name, now));
        }
        if (!isGoing(now) && quietMs >= this.settling.settleMs) {
          throw new ProblemError(notGone(flowWords, flowRef(this.name, now)));
        }
        return undefined;
      },
      signal,
    );
  }

  private vanished(flow: OutgoingFlow): ProblemError {
    return new ProblemError(vanished(flowWords, flowRef(this.name, flow)));
  }

  private the(flow: OutgoingFlow): string {
    return theFlow(flowRef(this.name, flow));
  }
}

/**
 * Whether the flow may be closing after a failed request: a refused request may be a repetition, or follow that of a
 * colleague; one whose answer was lost may have worked.
 */
function mayBeClosing(error: unknown): boolean {
  return error instanceof CallError && (error.mayHaveHappened || error.status === 404 || error.status === 409);
}
