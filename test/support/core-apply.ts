import type { Planned } from "./core-plan";
import { NOTHING, type CoreProvider } from "./core-provider";
import {
  referencesOf,
  resolved,
  type Block,
  type Configuration,
  type CoreState,
  type Deposed,
  type Instance,
} from "./core-state";
import { walk, type Step } from "./core-walk";

/** Terraform's apply walk: what was planned, in an order that dependencies leave open. */
export class ApplyWalk {
  private readonly actions: ReadonlyMap<string, Planned>;

  constructor(
    private readonly provider: CoreProvider,
    private readonly state: CoreState,
    private readonly config: Configuration,
    planned: readonly Planned[],
  ) {
    this.actions = new Map(planned.map((one) => [one.address, one]));
  }

  run(random: () => number, parallelism?: number): Promise<readonly string[]> {
    const steps = [...this.actions.values()].flatMap((planned) => this.stepsOf(planned));
    const deposed = this.state.deposed.map(({ address }): Step => ({
      name: `deposed ${address}`,
      after: new Set(),
      run: () => this.destroyDeposed(address),
    }));
    return walk([...steps, ...deposed], random, parallelism);
  }

  private stepsOf({ address, action, notes }: Planned): readonly Step[] {
    switch (action) {
      case "none":
        return [];
      case "create":
      case "update":
        return [this.makeStep(address, action)];
      case "delete":
        return [this.destroyStep(address, notes, false)];
      case "replace":
        return [this.makeStep(address, action), this.destroyStep(address, notes, this.isMadeFirst(address))];
    }
  }

  private makeStep(address: string, action: "create" | "update" | "replace"): Step {
    const block = this.config.get(address)!;
    const instance = this.state.instances.get(address);
    const madeFirst = action === "replace" && this.isMadeFirst(address);
    // What it depended on so far goes before it changes, unless that is made first.
    const gone = (instance?.dependsOn ?? []).filter((other) => this.isDestroyed(other) && !this.isMadeFirst(other));
    const after = new Set([
      ...referencesOf(block).map((other) => `make ${other}`),
      ...gone.map((other) => `destroy ${other}`),
      ...(action === "replace" && !madeFirst ? [`destroy ${address}`] : []),
    ]);
    const [updated, deposed] = [action === "update" ? instance : undefined, madeFirst ? instance : undefined];
    return { name: `make ${address}`, after, run: () => this.make(address, block, updated, deposed) };
  }

  private destroyStep(address: string, notes: Uint8Array, madeFirst: boolean): Step {
    const instance = this.state.instances.get(address)!;
    // Those that depend on it go before it; those that stay have changed before it goes.
    const dependents = [...this.state.instances]
      .filter(([, one]) => one.dependsOn.includes(address))
      .map(([name]) => name);
    const after = new Set([
      ...dependents.filter((name) => this.isDestroyed(name)).map((name) => `destroy ${name}`),
      ...(madeFirst ? [address, ...dependents].map((name) => `make ${name}`) : []),
    ]);
    const run = () => (madeFirst ? this.destroyDeposed(address) : this.destroy(address, instance, notes));
    return { name: `destroy ${address}`, after, run };
  }

  private isDestroyed(address: string): boolean {
    const action = this.actions.get(address)?.action;
    return action === "delete" || action === "replace";
  }

  /** Whether its replacement is made before it is destroyed. */
  private isMadeFirst(address: string): boolean {
    if (this.config.get(address)?.createBeforeDestroy === true) return true;
    // What a resource that is made first depends on is made first, too.
    return [...this.config.values()].some(
      (block) => block.createBeforeDestroy === true && referencesOf(block).includes(address),
    );
  }

  private async make(
    address: string,
    block: Block,
    updated: Instance | undefined,
    deposed: Instance | undefined,
  ): Promise<readonly string[]> {
    const { type } = block;
    const known = new Map([...this.state.instances].map(([name, { value }]) => [name, value]));
    const values = resolved(this.provider.attributesOf(type), block, known);
    const prior = updated === undefined ? null : await this.provider.upgrade(updated);
    const change = await this.provider.plan(type, prior, values, updated?.notes ?? NOTHING);
    if (change.errors.length > 0) return change.errors;
    if (deposed !== undefined) {
      this.state.instances.delete(address);
      this.state.deposed.push({ ...deposed, address });
    }
    const { value, notes, errors } = await this.provider.apply(address, type, prior, values, change);
    if (value !== null) {
      this.state.instances.set(address, {
        type,
        value,
        notes,
        dependsOn: referencesOf(block),
        createBeforeDestroy: block.createBeforeDestroy === true,
        tainted: errors.length > 0 && updated === undefined,
      });
    } else if (deposed !== undefined) {
      // Nothing was made: the old object is the address's again.
      const index = this.state.deposed.findIndex((one) => one.address === address && one.value === deposed.value);
      if (index >= 0) this.state.deposed.splice(index, 1);
      this.state.instances.set(address, deposed);
    }
    return errors;
  }

  private async destroy(address: string, instance: Instance, notes: Uint8Array): Promise<readonly string[]> {
    const { type } = instance;
    const prior = await this.provider.upgrade(instance);
    const { value, errors } = await this.provider.apply(address, type, prior, null, { state: null, notes });
    if (value === null) this.state.instances.delete(address);
    else this.state.instances.set(address, { ...instance, value });
    return errors;
  }

  private async destroyDeposed(address: string): Promise<readonly string[]> {
    const errors: string[] = [];
    for (const deposed of this.state.deposed.filter((one) => one.address === address)) {
      const failed = await this.destroyOneDeposed(deposed);
      if (failed.length === 0) this.state.deposed.splice(this.state.deposed.indexOf(deposed), 1);
      errors.push(...failed);
    }
    return errors;
  }

  private async destroyOneDeposed(deposed: Deposed): Promise<readonly string[]> {
    const { type, address } = deposed;
    const prior = await this.provider.upgrade(deposed);
    const { notes } = await this.provider.plan(type, prior, null, deposed.notes);
    return (await this.provider.apply(`${address} (deposed)`, type, prior, null, { state: null, notes })).errors;
  }
}
