import type { Clock } from "../../core/clock";
import { ProblemError, type Problem } from "../../core/problem";
import { notKept, notShown } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import type { OvhApi } from "./api";
import type { OutgoingFlow, Task } from "./contract";
import { flowInError, openedTwice, replyLost, whoseFlow } from "./flow.errors";
import { isDelivered, isFailed, isOver, throwIfFailed } from "./flow-states";
import { differences, flowsTo, type SettlingTimes, type WantedFlow } from "./flow";
import type { FlowTable } from "./flow-table";
import { mayHaveBegun } from "./lost-reply";
import { openedBy } from "./task-order";
import type { View, Watch } from "./watch";
import { flowRef, flowWords, leadingTo, theFlow, type FlowPlace } from "./flow.words";

export interface OpeningCalls {
  /** Called as soon as the flow has a number, whatever happens to it, and again when it turns out to be another one. */
  seen(flow: OutgoingFlow): void;
  report(problem: Problem): void;
}

/** A flow that is being opened. */
interface Opening extends OpeningCalls {
  readonly wanted: WantedFlow;
  /** "open the flow to 203.0.113.25:587" */
  readonly doing: string;
  /** The flows that led there before. */
  readonly before: ReadonlySet<number>;
}

/** The result of a look: our flow, or several candidates. */
type Seen =
  | { readonly flow: OutgoingFlow; readonly others: readonly OutgoingFlow[] }
  | { readonly several: readonly OutgoingFlow[] };

/** Decides which of several candidates is ours; undefined while that is unknown. */
interface Choice {
  readonly among: string;
  readonly flow: number | undefined;
}

/** Opens flows. The API never returns the id of the new flow: it is an equal one that did not exist before. */
export class FlowOpening {
  /** Our own tasks, and the places to which they open a flow. */
  private readonly tasks = new Map<number, FlowPlace>();

  constructor(
    private readonly service: string,
    private readonly api: OvhApi,
    private readonly table: FlowTable,
    private readonly watch: Watch,
    private readonly clock: Clock,
    private readonly settling: SettlingTimes,
  ) {}

  /** @param existing the flows that already lead there */
  async run(
    wanted: WantedFlow,
    existing: readonly OutgoingFlow[],
    calls: OpeningCalls,
    signal: AbortSignal,
  ): Promise<OutgoingFlow> {
    const before = new Set(existing.map(idOf));
    const doing = `open ${theFlow({ name: leadingTo(wanted) })}`;
    const opening = { ...calls, wanted, doing, before };
    for (let attempt = 1; ; attempt++) {
      const posted = this.clock.now();
      const answer = await this.request(opening, signal);
      if ("task" in answer) return this.untilDelivered(opening, answer.task, signal);
      if (await this.appears(opening, signal)) return this.untilDelivered(opening, undefined, signal);
      const { error } = answer;
      if (!(error instanceof CallError) || !error.failed.effectUnknown) throw error;
      // A second request cannot make a second flow only where no task at all is running.
      if (attempt > 1 || (await mayHaveBegun(this.api, this.service, posted, signal))) {
        throw new ProblemError(replyLost(doing, error.failed.message));
      }
    }
  }

  /** Returns the task, or the error that leaves open whether there is one. */
  private async request(
    { wanted: { ip, port, description }, doing }: Opening,
    signal: AbortSignal,
  ): Promise<{ readonly task: Task } | { readonly error: ProblemError }> {
    // The schema has checked the port; the API refuses others.
    const body = { ip, servicePort: port as 25, description };
    try {
      const task = await this.watch.joining(() => this.api.createFlow(this.service, body, doing, signal));
      this.tasks.set(task.taskId, { ip, port });
      return { task };
    } catch (error) {
      if (signal.aborted || !mayHaveHappened(error)) throw error;
      return { error };
    } finally {
      this.table.invalidate();
    }
  }

  /** Trusts the flow, not the task: the task only determines when to give up. */
  private async untilDelivered(opening: Opening, task: Task | undefined, signal: AbortSignal): Promise<OutgoingFlow> {
    let choice: Choice | undefined;
    let told: number | undefined;
    let awaited: ReturnType<FlowTable["awaits"]> | undefined;
    const save = (flow: OutgoingFlow) => {
      if (idOf(flow) === told) return;
      told = idOf(flow);
      awaited?.finished();
      awaited = this.table.awaits(told);
      opening.seen(flow);
    };
    try {
      for (;;) {
        const seen = await this.watch.until(task?.taskId, (view) => this.look(view, opening, choice, save), signal);
        if ("flow" in seen) {
          const { flow, others } = seen;
          if (others.length > 0) opening.report(openedTwice(this.service, flow, others));
          return flow;
        }
        const ours = task && (await this.openedBy(task, seen.several, opening.wanted, signal));
        choice = { among: idsOf(seen.several), flow: ours && idOf(ours) };
      }
    } finally {
      awaited?.finished();
    }
  }

  private look(
    { flows, task, quietMs }: View,
    { wanted, before, doing }: Opening,
    choice: Choice | undefined,
    save: (flow: OutgoingFlow) => void,
  ): Seen | undefined {
    const fresh = flowsTo(wanted, flows).filter((flow) => !before.has(idOf(flow)));
    const equal = fresh.filter(({ description }) => description === wanted.description);
    if (equal.length > 1 && choice?.among !== idsOf(equal)) return { several: equal };
    const flow = equal.length > 1 ? equal.find((one) => idOf(one) === choice?.flow) : equal[0];
    if (flow !== undefined) save(flow);
    throwIfFailed(doing, task);
    if (!isOver(task)) return undefined;
    if (flow !== undefined) {
      if (isFailed(flow)) throw new ProblemError(flowInError(this.service, flow));
      return isDelivered(flow) ? { flow, others: fresh.filter((one) => one !== flow) } : undefined;
    }
    if (quietMs < this.settling.settleMs) return undefined;
    const ref = { name: leadingTo(wanted) };
    if (equal.length > 1) throw new ProblemError(whoseFlow(this.service, ref, equal));
    const [other, ...more] = fresh;
    if (task === undefined || other === undefined || more.length > 0) throw new ProblemError(notShown(flowWords, ref));
    save(other);
    throw new ProblemError(notKept(flowWords, flowRef(this.service, other), differences(other, wanted.description)));
  }

  private openedBy(task: Task, flows: readonly OutgoingFlow[], { ip, port }: FlowPlace, signal: AbortSignal) {
    const elsewhere = [...this.tasks].filter(([, place]) => place.ip !== ip || place.port !== port);
    return openedBy(task, flows, new Set(elsewhere.map(([id]) => id)), this.api, this.service, signal);
  }

  /** Whether the flow appears although nothing promised it. */
  private appears({ wanted, before }: Opening, signal: AbortSignal): Promise<boolean> {
    return this.watch.until(
      undefined,
      ({ flows, quietMs }) => {
        const equal = flowsTo(wanted, flows).filter(({ description }) => description === wanted.description);
        if (equal.some((flow) => !before.has(idOf(flow)))) return true;
        return quietMs >= this.settling.lostReplyMs ? false : undefined;
      },
      signal,
    );
  }
}

/**
 * Whether the request may have had an effect; also after an answer that is no task: a page with status 200 may come from a
 * proxy before or after the API acted.
 */
function mayHaveHappened(error: unknown): error is ProblemError {
  if (error instanceof CallError) return error.mayHaveHappened;
  return error instanceof ProblemError;
}

const idOf = ({ outgoingFlowId }: OutgoingFlow): number => outgoingFlowId;
const idsOf = (flows: readonly OutgoingFlow[]): string => flows.map(idOf).join();
