import { sameValue, type ValueObject } from "../../lib/terraform-plugin/values";
import { NOTHING, type CoreProvider } from "./core-provider";
import {
  referencesOf,
  resolved,
  type ApplyOptions,
  type Block,
  type Configuration,
  type CoreState,
  type Deposed,
  type Instance,
} from "./core-state";
import { walk, type Step } from "./core-walk";

/** What a plan does with an address. */
export interface Planned {
  readonly address: string;
  readonly action: "none" | "create" | "update" | "delete" | "replace";
  /** For destroys: what their plan keeps beside the state. */
  readonly notes: Uint8Array;
}

/** What is known of an address once it was planned; an error has no plan. */
interface Outcome {
  readonly planned?: Planned;
  readonly errors: readonly string[];
}

/** Terraform's plan walk: everything is read, then planned. */
export class PlanWalk {
  /** What addresses will be, for those that refer to them. */
  private readonly known = new Map<string, ValueObject>();

  constructor(
    private readonly provider: CoreProvider,
    private readonly state: CoreState,
    private readonly config: Configuration,
    private readonly options: ApplyOptions,
  ) {}

  async run(random: () => number): Promise<{ planned: Planned[]; errors: string[] }> {
    const planned: Planned[] = [];
    const addresses = new Set([...this.config.keys(), ...this.state.instances.keys()]);
    const steps = [...addresses].map((address): Step => ({
      name: address,
      after: new Set(referencesOf(this.config.get(address))),
      run: async () => {
        const outcome = await this.planAddress(address);
        if (outcome.planned !== undefined) planned.push(outcome.planned);
        return outcome.errors;
      },
    }));
    const deposed = this.state.deposed.map((one) => this.deposedStep(one));
    const errors = await walk([...steps, ...deposed], random, this.options.parallelism);
    return { planned, errors };
  }

  private deposedStep(deposed: Deposed): Step {
    const run = async () => {
      const prior = await this.provider.upgrade(deposed);
      return (await this.provider.plan(deposed.type, prior, null, deposed.notes)).errors;
    };
    return { name: `${deposed.address} (deposed ${String(deposed.value["id"])})`, after: new Set(), run };
  }

  private async planAddress(address: string): Promise<Outcome> {
    const block = this.config.get(address);
    const instance = this.state.instances.get(address);
    if (instance === undefined) return block === undefined ? { errors: [] } : this.planNew(address, block, "create");
    const prior = await this.provider.upgrade(instance);
    if (block === undefined) return this.planGone(address, instance, prior);
    if (this.options.refresh === false) return this.planChange(address, block, instance, prior, instance.notes);
    const { state, notes, errors } = await this.provider.read(address, instance, prior);
    return errors.length > 0 ? { errors } : this.planChange(address, block, instance, state, notes);
  }

  /** A resource that is no longer declared is planned before it is read. */
  private async planGone(address: string, instance: Instance, prior: ValueObject): Promise<Outcome> {
    const { notes, errors } = await this.provider.plan(instance.type, prior, null, instance.notes);
    if (this.options.refresh !== false) await this.provider.read(address, instance, prior);
    return { planned: { address, action: "delete", notes }, errors };
  }

  private async planChange(
    address: string,
    block: Block,
    { tainted }: Instance,
    prior: ValueObject | null,
    notes: Uint8Array,
  ): Promise<Outcome> {
    if (prior === null) return this.planNew(address, block, "create");
    if (tainted) return this.planNew(address, block, "replace");
    const change = await this.provider.plan(block.type, prior, this.valuesOf(block), notes);
    if (change.errors.length > 0) return { errors: change.errors };
    if (change.replace || this.options.replace?.includes(address) === true) {
      return this.planNew(address, block, "replace", change.notes);
    }
    this.known.set(address, change.state!);
    const action = sameValue(change.state, prior) ? "none" : "update";
    return { planned: { address, action, notes: NOTHING }, errors: [] };
  }

  private async planNew(
    address: string,
    block: Block,
    action: "create" | "replace",
    notes: Uint8Array = NOTHING,
  ): Promise<Outcome> {
    const { state, errors } = await this.provider.plan(block.type, null, this.valuesOf(block), notes);
    if (state !== null) this.known.set(address, state);
    return { planned: { address, action, notes }, errors };
  }

  private valuesOf(block: Block): ValueObject {
    return resolved(this.provider.attributesOf(block.type), block, this.known);
  }
}
