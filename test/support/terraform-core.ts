import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import { MemoryLedgers, type Ledger } from "../../lib/terraform-plugin/ownership/ledger";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import { ApplyWalk } from "./core-apply";
import { PlanWalk, type Planned } from "./core-plan";
import { CoreProvider } from "./core-provider";
import { CoreState, type ApplyOptions, type Configuration, type Instance } from "./core-state";

export type { ApplyOptions, Block, Configuration } from "./core-state";

export interface Applied {
  readonly errors: readonly string[];
  /** "create a", "update a", "delete a", "replace a": what was planned. */
  readonly actions: readonly string[];
}

/**
 * Terraform core's walks over a provider, in process: which calls it makes, in which orders they may come, what it hands
 * from one to the next and what it keeps. Written down from traces of real runs.
 */
export class TerraformCore {
  private readonly kept = new CoreState();
  private readonly ledgers = new MemoryLedgers();
  private readonly types: ReadonlyMap<string, Attributes>;
  private runs = 0;
  private processes = 0;

  constructor(
    private readonly definition: ProviderDefinition<Attributes, never>,
    private readonly random: () => number,
  ) {
    this.types = new Map(definition.resources.map(({ handler }) => [handler.schema.type, handler.schema.attributes]));
  }

  get state(): ReadonlyMap<string, Instance> {
    return this.kept.instances;
  }

  /** What a plan would do; nothing is applied. */
  async plan(config: Configuration, options: ApplyOptions = {}): Promise<Applied> {
    const { planned, errors } = await this.planWalk(this.nextRun(), config, options);
    return { errors, actions: actionsOf(planned) };
  }

  async apply(config: Configuration, options: ApplyOptions = {}): Promise<Applied> {
    return this.applyPlanned(this.nextRun(), config, options);
  }

  async destroy(options: ApplyOptions = {}): Promise<Applied> {
    const run = this.nextRun();
    const nothing: Configuration = new Map();
    // Terraform plans once more before, to have everything read.
    await this.planWalk(run, nothing, options);
    return this.applyPlanned(run, nothing, { ...options, saved: false });
  }

  taint(address: string): void {
    const instance = this.state.get(address);
    if (instance !== undefined) this.kept.instances.set(address, { ...instance, tainted: true });
  }

  /** As `terraform state mv`, or a `moved` block. */
  move(from: string, to: string): void {
    const instance = this.state.get(from);
    if (instance === undefined) return;
    this.kept.instances.delete(from);
    this.kept.instances.set(to, instance);
  }

  get left(): readonly { readonly type: string; readonly id: string }[] {
    return [...this.state.values(), ...this.kept.deposed].map(({ type, value }) => ({ type, id: String(value["id"]) }));
  }

  private async applyPlanned(run: string, config: Configuration, options: ApplyOptions): Promise<Applied> {
    const { planned, errors } = await this.planWalk(run, config, options);
    const actions = actionsOf(planned);
    if (errors.length > 0) return { errors, actions };
    const applied = await this.process(options.saved === true ? this.nextRun() : run, (provider) =>
      new ApplyWalk(provider, this.kept, config, planned).run(this.random, options.parallelism),
    );
    return { errors: applied, actions };
  }

  private planWalk(run: string, config: Configuration, options: ApplyOptions) {
    return this.process(run, (provider) => new PlanWalk(provider, this.kept, config, options).run(this.random));
  }

  private nextRun(): string {
    this.runs += 1;
    return `run${this.runs}`;
  }

  /** Each walk has a process of its own; those of a run share its ledger. */
  private async process<T>(run: string, walk: (provider: CoreProvider) => Promise<T>): Promise<T> {
    this.processes += 1;
    const name = `${this.processes}.1`;
    const opened: Ledger[] = [];
    const openLedger = () => {
      const ledger = this.ledgers.open(run, name);
      opened.push(ledger);
      return ledger;
    };
    const service = createProviderService(this.definition as never, {
      log: silentLogger,
      redactor: new Redactor(),
      openLedger,
    });
    const provider = new CoreProvider(service, this.types);
    await provider.configure();
    try {
      return await walk(provider);
    } finally {
      for (const ledger of opened) ledger.close();
    }
  }
}

function actionsOf(planned: readonly Planned[]): string[] {
  return planned.filter(({ action }) => action !== "none").map(({ action, address }) => `${action} ${address}`);
}
