import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { HttpError } from "../../http/error";
import type { OvhApi } from "./api";
import type { Flow, Task } from "./contract";
import * as say from "./errors";
import { isDelivered, isFailed, isGoing, isTaskFailed } from "./flow-states";
import { FlowTable } from "./flow-table";
import { mayHaveBegun } from "./lost-reply";
import { isGone, refusalOf } from "./refusals";
import { Watch } from "./watch";

export interface WantedFlow {
  readonly ip: string;
  readonly port: number;
  readonly description: string;
}

/** How long to believe that something will still show up. */
export interface Patience {
  /** After an answer was lost, for the flow to appear. @default 10 s */
  readonly lostReplyMs: number;
  /** After a task is over, for the flow to show it. @default 60 s */
  readonly settleMs: number;
}

/** The flows of one service: opens, changes and closes them and knows what this run has done. */
export class FlowService {
  readonly table: FlowTable;
  private readonly watch: Watch;
  /** Places (`ip:port`) that a resource of this run has opened or taken over. */
  private readonly places = new Set<string>();
  /** Flows that a resource of this run has taken over: whoever held them before must not close them. */
  readonly takenOver = new Set<number>();
  private readonly closing = new Set<number>();

  constructor(
    readonly name: string,
    private readonly api: OvhApi,
    private readonly clock: Clock,
    private readonly patience: Patience,
  ) {
    this.table = new FlowTable(api, name);
    this.watch = new Watch(api, this.table, name, clock);
  }

  /** Keeps a place for one resource. Throws when another one of this run has it. */
  reserve({ ip, port }: WantedFlow): { release(): void } {
    const place = `${ip}:${port}`;
    if (this.places.has(place)) throw new ProblemError(say.declaredTwice(this.name, ip, port));
    this.places.add(place);
    return { release: () => void this.places.delete(place) };
  }

  /** The flows that lead to a place, lowest number first. Those on their way out are waited for. */
  async at(place: Pick<WantedFlow, "ip" | "port">, signal: AbortSignal): Promise<readonly Flow[]> {
    const found = toPlace((await this.table.known(signal)).values(), place);
    const going = found.filter((flow) => isGoing(flow) || this.closing.has(idOf(flow)));
    for (const flow of going) await this.untilGone(flow, undefined, signal);
    return found.filter((flow) => !going.includes(flow));
  }

  /**
   * Opens a flow where there is none, and waits until it is open.
   * @param seen is called as soon as the flow has a number, whatever becomes of it
   */
  async open(wanted: WantedFlow, seen: (flow: Flow) => void, signal: AbortSignal): Promise<Flow> {
    const before = new Set(toPlace((await this.table.known(signal)).values(), wanted).map(idOf));
    for (let attempt = 1; ; attempt++) {
      const posted = this.clock.now();
      try {
        const task = await this.watch.joining(() =>
          this.api.createFlow(
            this.name,
            { ip: wanted.ip, servicePort: wanted.port as 25, description: wanted.description },
            signal,
          ),
        );
        this.table.invalidate();
        return await this.untilDelivered(wanted, before, task, seen, signal);
      } catch (error) {
        if (!(error instanceof HttpError) || !error.effectUnknown || signal.aborted) throw error;
        this.table.invalidate();
        const flow = await this.untilSeen(wanted, before, signal);
        if (flow !== undefined) return this.untilDelivered(wanted, before, undefined, seen, signal);
        // Only where nothing at all is under way can a second request not make a second flow.
        if (attempt > 1 || (await mayHaveBegun(this.api, this.name, posted, signal))) {
          throw new ProblemError(say.replyLost(`open the flow to ${placeOf(wanted)}`, error.message));
        }
      }
    }
  }

  async change(flow: Flow, description: string, signal: AbortSignal): Promise<Flow> {
    const { finished } = this.table.changes(flow.outgoingFlowId);
    const doing = `change the flow to ${flow.ip}:${flow.servicePort}`;
    try {
      const task = await this.api.changeFlow(this.name, flow.outgoingFlowId, description, signal);
      return await this.watch.until(
        task.taskId,
        ({ flows, task: current, quietMs }) => {
          this.throwIfFailed(doing, current);
          const now = flows.get(flow.outgoingFlowId);
          if (now && isFailed(now) && isOver(current)) throw new ProblemError(say.flowInError(this.name, now));
          if (now && isDelivered(now) && now.description === description && isOver(current)) return now;
          if (quietMs < this.patience.settleMs || (now && !isDelivered(now))) return undefined;
          throw new ProblemError(
            now ? say.descriptionKept(this.name, now, description) : say.flowMissing(doing, this.name, taskName(task)),
          );
        },
        signal,
      );
    } finally {
      finished();
    }
  }

  /** Closes a flow and waits until it is gone; one that is gone already is fine. False when it now is another resource's. */
  async close(flowId: number, signal: AbortSignal): Promise<boolean> {
    const flow = (await this.table.get(signal)).get(flowId);
    if (flow === undefined) return true;
    if (this.takenOver.has(flowId)) return false;
    this.closing.add(flowId);
    try {
      const task = isGoing(flow) ? undefined : await this.requestClosing(flow, signal);
      await this.untilGone(flow, task, signal);
      return true;
    } finally {
      this.closing.delete(flowId);
    }
  }

  private async requestClosing({ outgoingFlowId }: Flow, signal: AbortSignal): Promise<Task | undefined> {
    try {
      return await this.api.deleteFlow(this.name, outgoingFlowId, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      // What is refused may be a repeated request, or one that came after a colleague's: the flow tells.
      const { finished } = this.table.changes(outgoingFlowId);
      try {
        const now = (await this.table.refresh(signal)).get(outgoingFlowId);
        if (now !== undefined && !isGoing(now)) throw error;
        return undefined;
      } finally {
        finished();
      }
    }
  }

  private async untilGone(flow: Flow, task: Task | undefined, signal: AbortSignal): Promise<void> {
    const { finished } = this.table.changes(flow.outgoingFlowId);
    const doing = `close the flow to ${flow.ip}:${flow.servicePort}`;
    try {
      await this.watch.until(
        task?.taskId,
        ({ flows, task: current, quietMs }) => {
          const now = flows.get(flow.outgoingFlowId);
          if (now === undefined) return true;
          this.throwIfFailed(doing, current);
          if (isFailed(now) && isOver(current)) throw new ProblemError(say.flowInError(this.name, now));
          if (!isGoing(now) && quietMs >= this.patience.settleMs) {
            throw new ProblemError(say.flowStays(doing, this.name, now));
          }
          return undefined;
        },
        signal,
      );
    } finally {
      finished();
    }
  }

  /** Believes the flow, not the task: the task only says when to give up. */
  untilDelivered(
    wanted: WantedFlow,
    before: ReadonlySet<number>,
    task: Task | undefined,
    seen: (flow: Flow) => void,
    signal: AbortSignal,
  ): Promise<Flow> {
    const doing = `open the flow to ${placeOf(wanted)}`;
    let told: number | undefined;
    return this.watch.until(
      task?.taskId,
      ({ flows, task: current, quietMs }) => {
        const flow = this.oneOf(
          toPlace(flows.values(), wanted).filter((one) => !before.has(idOf(one))),
          wanted,
        );
        if (flow && idOf(flow) !== told) {
          told = idOf(flow);
          seen(flow);
        }
        this.throwIfFailed(doing, current);
        if (flow && isFailed(flow) && isOver(current)) throw new ProblemError(say.flowInError(this.name, flow));
        if (flow && isDelivered(flow) && isOver(current)) return flow;
        if (!flow && isOver(current) && quietMs >= this.patience.settleMs) {
          throw new ProblemError(say.flowMissing(doing, this.name, task ? taskName(task) : "no task known"));
        }
        return undefined;
      },
      signal,
    );
  }

  private async untilSeen(wanted: WantedFlow, before: ReadonlySet<number>, signal: AbortSignal) {
    const flow = await this.watch.until(
      undefined,
      ({ flows, quietMs }) => {
        const fresh = toPlace(flows.values(), wanted).filter((one) => !before.has(idOf(one)));
        if (fresh.length > 0) return fresh[0];
        return quietMs >= this.patience.lostReplyMs ? null : undefined;
      },
      signal,
    );
    return flow ?? undefined;
  }

  /** The flow among new ones to the same place that must be ours. */
  private oneOf(fresh: readonly Flow[], wanted: WantedFlow): Flow | undefined {
    if (fresh.length < 2) return fresh[0];
    const equal = fresh.filter(({ description }) => description === wanted.description);
    if (equal.length !== 1) throw new ProblemError(say.ambiguousFlows(this.name, fresh));
    return equal[0];
  }

  private throwIfFailed(doing: string, task: Task | "gone" | undefined): void {
    if (task !== undefined && task !== "gone" && isTaskFailed(task)) {
      throw new ProblemError(say.taskFailed(doing, task));
    }
  }

  /** When the service as a whole is the reason, says so; else gives the error back. */
  async diagnose(error: unknown, signal: AbortSignal): Promise<unknown> {
    if (!(error instanceof HttpError) || ![400, 404, 409].includes(error.status ?? 0)) return error;
    if (/signature/i.test(refusalOf(error).message ?? "") || (error.status === 404 && !isGone(error))) return error;
    try {
      const { state } = await this.api.vrops(this.name, signal);
      return state === "enabled" ? error : new ProblemError(say.vropsNotEnabled(this.name, state));
    } catch {
      return error;
    }
  }
}

/** Without a task there is nothing to wait for besides the flow. */
const isOver = (task: Task | "gone" | undefined): boolean =>
  task === undefined || task === "gone" || task.state === "done";

const idOf = (flow: Flow): number => flow.outgoingFlowId;
const placeOf = ({ ip, port }: Pick<WantedFlow, "ip" | "port">): string => `${ip}:${port}`;
const taskName = (task: Task): string => `task ${task.taskId}${task.name ? ` (${task.name})` : ""}`;

function toPlace(flows: Iterable<Flow>, { ip, port }: Pick<WantedFlow, "ip" | "port">): Flow[] {
  return [...flows]
    .filter((flow) => flow.ip === ip && flow.servicePort === port)
    .sort((a, b) => a.outgoingFlowId - b.outgoingFlowId);
}
