import type { SimulatorWorld } from "../../kit/simulator/simulation";
import type { Table } from "../../kit/simulator/table";
import type { Tables } from "../../kit/simulator/tables";
import type { OutgoingFlow, FlowStateName } from "../contract";
import type { OvhSimulatorOptions } from "./options";
import type { Decision, SimulatedTask, TaskQueue } from "./task-queue";

export interface SimulatedFlow extends Readonly<OutgoingFlow> {
  readonly state: FlowStateName;
  /** Whether the list already contains it. */
  readonly listed: boolean;
}

/** One Hosted Private Cloud with its vROps: flows, the tasks that change them, and the firewall that they open. */
export class SimulatedService {
  readonly flows: Table<SimulatedFlow>;
  readonly tasks: Table<SimulatedTask>;
  vrops: "enabled" | "disabled" = "enabled";
  expired = false;
  /** The task on each flow, by the flow's id. */
  private readonly underWay = new Map<number, Decision>();
  private stop = new AbortController();

  constructor(
    readonly name: string,
    private readonly world: SimulatorWorld,
    private readonly options: OvhSimulatorOptions,
    tables: Tables,
    private readonly nextFlow: () => number,
    private readonly queue: TaskQueue,
  ) {
    this.flows = tables.table();
    this.tasks = tables.table();
    tables.seed(() => this.beginAnew());
  }

  /** Adds an open flow without a task: an initial one, or one of a colleague. */
  add(ip: string, port: number, description: string): SimulatedFlow {
    const flow = this.newFlow(ip, port, description, "delivered", true);
    this.world.network.open(this.name, ip, port);
    return flow;
  }

  create(ip: string, port: number, description: string): SimulatedTask {
    const flow = this.newFlow(ip, port, description, "toCreate", this.options.listed === "at-once");
    return this.start("addVropsOutgoingFlow", flow, ["toCreate", "creating"], () => {
      this.flows.patch(flow.outgoingFlowId, { state: "delivered" });
      this.world.network.open(this.name, ip, port);
    });
  }

  change(flow: SimulatedFlow, description = flow.description): SimulatedTask {
    return this.start("updateVropsOutgoingFlow", flow, ["toUpdate", "updating"], () =>
      this.flows.patch(flow.outgoingFlowId, { state: "delivered", description }),
    );
  }

  remove(flow: SimulatedFlow): SimulatedTask {
    return this.start("removeVropsOutgoingFlow", flow, ["toDelete", "deleting"], () => this.drop(flow));
  }

  /** Removes a flow at once, as if somebody did it by hand. */
  drop(flow: SimulatedFlow): void {
    this.flows.delete(flow.outgoingFlowId);
    const others = this.flowsTo(flow.ip, flow.servicePort).some(({ state }) => state === "delivered");
    if (!others) this.world.network.close(this.name, flow.ip, flow.servicePort);
  }

  flowsTo(ip: string, port: number): SimulatedFlow[] {
    return this.flows.list((flow) => flow.ip === ip && flow.servicePort === port);
  }

  /** The decision about the task that works on this flow. */
  taskOn(flow: SimulatedFlow): Decision | undefined {
    return this.underWay.get(flow.outgoingFlowId);
  }

  close(): void {
    this.stop.abort();
  }

  private beginAnew(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.underWay.clear();
    this.vrops = "enabled";
    this.expired = false;
  }

  private newFlow(ip: string, servicePort: number, description: string, state: FlowStateName, listed: boolean) {
    const outgoingFlowId = this.nextFlow();
    return this.flows.set(outgoingFlowId, { outgoingFlowId, ip, servicePort, description, state, listed });
  }

  /** @param states that the flow passes through meanwhile */
  private start(
    name: string,
    flow: SimulatedFlow,
    states: readonly [FlowStateName, FlowStateName],
    finish: () => void,
  ): SimulatedTask {
    const id = flow.outgoingFlowId;
    const before = flow.state;
    const isNew = before === "toCreate";
    this.flows.patch(id, { state: states[0] });
    const { task, decision, ended } = this.queue.start(name, this.tasks, this.stop.signal, {
      begin: () => this.flows.patch(id, { state: states[1] }),
      end: (outcome) => {
        this.underWay.delete(id);
        this.flows.patch(id, { listed: true });
        if (outcome === "done") finish();
        else this.flows.patch(id, { state: outcome === "given-up" && !isNew ? before : "error" });
      },
    });
    this.underWay.set(id, decision);
    // Only the end of the sandbox interrupts a task.
    ended.catch(() => undefined);
    return task;
  }
}
