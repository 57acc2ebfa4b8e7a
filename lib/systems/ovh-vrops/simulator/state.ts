import { setMaxListeners } from "node:events";
import type { World } from "../../kit/simulator/simulation";
import type { Flow, FlowStateName, TaskStateName } from "../contract";
import type { Outcome, SimulatorOptions } from "./options";

/** A task with all 22 properties, nulls explicit, as the API has it. */
export interface SimulatedTask {
  taskId: number;
  state: TaskStateName;
  name: string;
  type: string;
  progress: number;
  executionDate: string;
  lastModificationDate: string;
  endDate: string | null;
  description: string | null;
  readonly [other: string]: unknown;
}

export interface SimulatedFlow extends Flow {
  state: FlowStateName;
  /** Whether the list shows it already. */
  listed: boolean;
}

type Work = {
  /** The states the flow passes through on the way. */
  readonly states: readonly [FlowStateName, FlowStateName];
  /** What happens when it succeeds; false when the flow is gone then. */
  finish(): void;
};

const NULL_FIELDS = [
  "createdBy",
  "createdFrom",
  "datacenterId",
  "filerId",
  "hostId",
  "maintenanceDateFrom",
  "maintenanceDateTo",
  "network",
  "networkAccessId",
  "orderId",
  "parentTaskId",
  "userId",
  "vlanId",
];

/** One Hosted Private Cloud with its vROps: flows, the tasks that change them, and the firewall they stand for. */
export class SimulatedService {
  readonly flows = new Map<number, SimulatedFlow>();
  readonly tasks = new Map<number, SimulatedTask>();
  vrops: "enabled" | "disabled" = "enabled";
  expired = false;
  private readonly stop = new AbortController();

  constructor(
    readonly name: string,
    private readonly world: World,
    private readonly options: SimulatorOptions,
    private readonly number: { flow: number; task: number },
    private readonly outcomes: Outcome[],
  ) {
    // Every task under way listens.
    setMaxListeners(0, this.stop.signal);
  }

  /** A flow that is open, without any task: from before, or by a colleague. */
  add(ip: string, port: number, description: string): SimulatedFlow {
    const flow = this.newFlow(ip, port, description, "delivered", true);
    this.world.network.open(this.name, ip, port);
    return flow;
  }

  create(ip: string, port: number, description: string): SimulatedTask {
    const flow = this.newFlow(ip, port, description, "toCreate", this.options.listed === "at-once");
    return this.start("addVropsOutgoingFlow", flow, {
      states: ["toCreate", "creating"],
      finish: () => {
        flow.state = "delivered";
        this.world.network.open(this.name, ip, port);
      },
    });
  }

  change(flow: SimulatedFlow, description: string | undefined): SimulatedTask {
    return this.start("updateVropsOutgoingFlow", flow, {
      states: ["toUpdate", "updating"],
      finish: () => {
        flow.description = description ?? flow.description;
        flow.state = "delivered";
      },
    });
  }

  remove(flow: SimulatedFlow): SimulatedTask {
    return this.start("removeVropsOutgoingFlow", flow, {
      states: ["toDelete", "deleting"],
      finish: () => this.drop(flow),
    });
  }

  /** Gone at once, as when somebody does it by hand. */
  drop(flow: SimulatedFlow): void {
    this.flows.delete(flow.outgoingFlowId);
    const others = [...this.flows.values()].some(
      ({ ip, servicePort, state }) => ip === flow.ip && servicePort === flow.servicePort && state === "delivered",
    );
    if (!others) this.world.network.close(this.name, flow.ip, flow.servicePort);
  }

  close(): void {
    this.stop.abort();
  }

  private newFlow(ip: string, servicePort: number, description: string, state: FlowStateName, listed: boolean) {
    const outgoingFlowId = ++this.number.flow;
    const flow: SimulatedFlow = { outgoingFlowId, ip, servicePort, description, state, listed };
    this.flows.set(outgoingFlowId, flow);
    return flow;
  }

  private start(name: string, flow: SimulatedFlow, work: Work): SimulatedTask {
    const now = this.now();
    const task: SimulatedTask = {
      ...Object.fromEntries(NULL_FIELDS.map((field) => [field, null])),
      taskId: ++this.number.task,
      state: "todo",
      name,
      type: "generic",
      progress: 0,
      executionDate: now,
      lastModificationDate: now,
      endDate: null,
      description: null,
    };
    this.tasks.set(task.taskId, task);
    flow.state = work.states[0];
    const outcome = this.outcomes.shift() ?? "done";
    // The API answers before anything is done: the caller is handed the task as it is now.
    const answered = { ...task };
    void this.run(task, flow, work, outcome).catch(() => undefined);
    return answered;
  }

  private async run(task: SimulatedTask, flow: SimulatedFlow, work: Work, outcome: Outcome): Promise<void> {
    const third = this.options.taskMilliseconds / 3;
    const wait = () => this.world.clock.sleep(third, this.stop.signal);
    const report = (state: TaskStateName, progress: number, description: string | null = null) => {
      Object.assign(task, { state, progress, description, lastModificationDate: this.now() });
      if (state === "done" || state === "error" || state === "canceled") task.endDate = this.now();
    };
    await wait();
    report("doing", 40);
    flow.state = work.states[1];
    await wait();
    if (outcome === "fixing") {
      report("fixing", 40, "An operator is looking at it");
      await wait();
      report("doing", 70);
    }
    await wait();
    flow.listed = true;
    if (outcome === "error" || outcome === "canceled") {
      flow.state = "error";
      report(outcome, 40, outcome === "error" ? "The firewall did not answer" : "Canceled by an operator");
      return;
    }
    work.finish();
    report("done", 100);
  }

  private now(): string {
    return new Date(this.world.clock.now()).toISOString().replace(/\.\d+Z$/, "+00:00");
  }
}
