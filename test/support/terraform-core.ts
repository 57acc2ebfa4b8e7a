import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import { MemoryLedgers, type Ledger } from "../../lib/terraform-plugin/ownership/ledger";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { ProviderService } from "../../lib/terraform-plugin/service";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import { sameValue, UNKNOWN, type Value, type ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import { proposedNew } from "./core-rules";

/**
 * Terraform core's walks over a provider, in process: which calls it makes, in which orders they may come, what it hands
 * from one to the next and what it keeps. Written down from traces of real runs.
 */

/** A resource block. Values may depend on the id of another address, which is unknown while that is to be made. */
export interface Block {
  readonly type: string;
  readonly values: ValueObject;
  /** Attribute name to the address whose `id` it has. */
  readonly references?: Readonly<Record<string, string>>;
  readonly createBeforeDestroy?: boolean;
}

export type Configuration = ReadonlyMap<string, Block>;

interface Instance {
  readonly type: string;
  readonly value: ValueObject;
  readonly notes: Uint8Array;
  readonly dependsOn: readonly string[];
  readonly createBeforeDestroy: boolean;
  readonly tainted: boolean;
}

interface Deposed extends Instance {
  readonly address: string;
}

export interface ApplyOptions {
  /** Addresses to be replaced although nothing differs (`-replace`). */
  readonly replace?: readonly string[];
  /** @default true */
  readonly refresh?: boolean;
  /** The plan is saved and applied by another command. @default false */
  readonly saved?: boolean;
  /** How many things are done at the same time. @default 10 */
  readonly parallelism?: number;
}

export interface Applied {
  readonly errors: readonly string[];
  /** "create a", "update a", "delete a", "replace a": what was planned. */
  readonly actions: readonly string[];
}

type Action = "none" | "create" | "update" | "delete" | "replace";

interface Planned {
  readonly address: string;
  readonly action: Action;
  /** For destroys: what their plan keeps beside the state. */
  readonly notes: Uint8Array;
}

interface Node {
  readonly name: string;
  readonly after: Set<string>;
  run(service: ProviderService): Promise<readonly string[]>;
}

const NOTHING = new Uint8Array();

export class TerraformCore {
  readonly state = new Map<string, Instance>();
  private readonly deposed: Deposed[] = [];
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

  /** What a plan would do; nothing is applied. */
  async plan(config: Configuration, options: ApplyOptions = {}): Promise<Applied> {
    const run = this.nextRun();
    const { planned, errors } = await this.process(run, (service) => this.planWalk(service, config, options));
    return { errors, actions: actionsOf(planned) };
  }

  async apply(config: Configuration, options: ApplyOptions = {}): Promise<Applied> {
    let run = this.nextRun();
    const { planned, errors } = await this.process(run, (service) => this.planWalk(service, config, options));
    const actions = actionsOf(planned);
    if (errors.length > 0) return { errors, actions };
    if (options.saved === true) run = this.nextRun();
    const applied = await this.process(run, (service) => this.applyWalk(service, config, planned, options));
    return { errors: applied, actions };
  }

  async destroy(options: ApplyOptions = {}): Promise<Applied> {
    const run = this.nextRun();
    // Terraform plans once as if everything stays, to have everything read.
    const kept = new Map<string, Block>();
    const nothing: Configuration = new Map();
    await this.process(run, (service) => this.planWalk(service, kept, options));
    const { planned, errors } = await this.process(run, (service) => this.planWalk(service, nothing, options));
    if (errors.length > 0) return { errors, actions: actionsOf(planned) };
    const applied = await this.process(run, (service) => this.applyWalk(service, nothing, planned, options));
    return { errors: applied, actions: actionsOf(planned) };
  }

  taint(address: string): void {
    const instance = this.state.get(address);
    if (instance !== undefined) this.state.set(address, { ...instance, tainted: true });
  }

  /** As `terraform state mv`, or a `moved` block. */
  move(from: string, to: string): void {
    const instance = this.state.get(from);
    if (instance === undefined) return;
    this.state.delete(from);
    this.state.set(to, instance);
  }

  get left(): readonly { readonly type: string; readonly id: string }[] {
    return [...this.state.values(), ...this.deposed].map(({ type, value }) => ({ type, id: String(value["id"]) }));
  }

  private nextRun(): string {
    this.runs += 1;
    return `run${this.runs}`;
  }

  private async process<T>(run: string, walk: (service: ProviderService) => Promise<T>): Promise<T> {
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
    await this.call(service, "ConfigureProvider", { config: null, terraform_version: "1.11.4" });
    try {
      return await walk(service);
    } finally {
      for (const ledger of opened) ledger.close();
    }
  }

  private async planWalk(service: ProviderService, config: Configuration, options: ApplyOptions) {
    const planned: Planned[] = [];
    const errors: string[] = [];
    const known = new Map<string, ValueObject>();
    const nodes: Node[] = [];
    for (const address of new Set([...config.keys(), ...this.state.keys()])) {
      const after = new Set(Object.values(config.get(address)?.references ?? {}));
      const run = async () => {
        const done = await this.planInstance(service, address, config, options, known);
        if (done.planned !== undefined) planned.push(done.planned);
        return done.errors;
      };
      nodes.push({ name: address, after, run });
    }
    for (const deposed of this.deposed) {
      const run = async () => {
        const { type } = deposed;
        const state = await this.upgraded(service, deposed);
        const answer = await this.planned(service, type, state, null, null, deposed.notes);
        return answer.errors;
      };
      nodes.push({ name: `${deposed.address} (deposed ${String(deposed.value["id"])})`, after: new Set(), run });
    }
    errors.push(...(await this.walk(service, nodes, options)));
    return { planned, errors };
  }

  private async planInstance(
    service: ProviderService,
    address: string,
    config: Configuration,
    options: ApplyOptions,
    known: Map<string, ValueObject>,
  ): Promise<{ planned?: Planned; errors: readonly string[] }> {
    const block = config.get(address);
    const instance = this.state.get(address);
    const type = block?.type ?? instance!.type;
    let prior: ValueObject | null = null;
    let notes: Uint8Array = NOTHING;
    if (instance !== undefined) {
      prior = await this.upgraded(service, instance);
      notes = instance.notes;
      // A resource that is no longer declared is planned before it is read.
      if (block === undefined) {
        const gone = await this.planned(service, type, prior, null, null, notes);
        if (options.refresh !== false) await this.refreshed(service, address, instance, prior);
        return { planned: { address, action: "delete", notes: gone.notes }, errors: gone.errors };
      }
      if (options.refresh !== false) {
        const read = await this.refreshed(service, address, instance, prior);
        if (read.errors.length > 0) return { errors: read.errors };
        prior = read.state;
        notes = read.notes;
      }
    }
    if (block === undefined) return { errors: [] };
    const values = resolved(this.types.get(type)!, block, known);
    if (prior === null) {
      const made = await this.planned(service, type, null, values, values, NOTHING);
      if (made.state !== null) known.set(address, made.state);
      return { planned: { address, action: "create", notes: NOTHING }, errors: made.errors };
    }
    if (instance?.tainted === true) {
      const made = await this.planned(service, type, null, values, values, NOTHING);
      if (made.state !== null) known.set(address, made.state);
      return { planned: { address, action: "replace", notes: NOTHING }, errors: made.errors };
    }
    const changed = await this.planned(service, type, prior, values, values, notes);
    if (changed.errors.length > 0) return { errors: changed.errors };
    const replaces = changed.replace || options.replace?.includes(address) === true;
    if (replaces) {
      const made = await this.planned(service, type, null, values, values, changed.notes);
      if (made.state !== null) known.set(address, made.state);
      return { planned: { address, action: "replace", notes: changed.notes }, errors: made.errors };
    }
    known.set(address, changed.state!);
    const same = sameValue(changed.state, prior);
    return { planned: { address, action: same ? "none" : "update", notes: NOTHING }, errors: [] };
  }

  private async applyWalk(
    service: ProviderService,
    config: Configuration,
    planned: readonly Planned[],
    options: ApplyOptions,
  ): Promise<readonly string[]> {
    const nodes: Node[] = [];
    const actions = new Map(planned.map((one) => [one.address, one]));
    const destroys = (address: string) => ["delete", "replace"].includes(actions.get(address)?.action ?? "");
    const beforeDestroy = (address: string) =>
      config.get(address)?.createBeforeDestroy === true ||
      // What a resource that is made first depends on is made first, too.
      [...config].some(
        ([, block]) => block.createBeforeDestroy === true && Object.values(block.references ?? {}).includes(address),
      );
    for (const { address, action, notes } of planned) {
      const block = config.get(address);
      const instance = this.state.get(address);
      const references = Object.values(block?.references ?? {}).map((other) => `make ${other}`);
      const first = action === "replace" && beforeDestroy(address);
      if (action === "create" || action === "update" || action === "replace") {
        // What it depended on so far goes before it changes, unless that is made first.
        const before = (instance?.dependsOn ?? []).filter((other) => destroys(other) && !beforeDestroy(other));
        const after = new Set([
          ...references,
          ...before.map((other) => `destroy ${other}`),
          ...(action === "replace" && !first ? [`destroy ${address}`] : []),
        ]);
        const depose = first ? instance : undefined;
        nodes.push({
          name: `make ${address}`,
          after,
          run: () => this.make(service, address, block!, action === "update" ? instance : undefined, depose),
        });
      }
      if (action === "delete" || action === "replace") {
        // Those that depend on it go before it; those that stay have changed before it goes.
        const dependents = [...this.state].filter(([, one]) => one.dependsOn.includes(address)).map(([name]) => name);
        const after = new Set([
          ...dependents.filter(destroys).map((name) => `destroy ${name}`),
          ...(first ? [`make ${address}`, ...dependents.map((name) => `make ${name}`)] : []),
        ]);
        const run = first
          ? () => this.destroyDeposed(service, address)
          : () => this.remove(service, address, instance!, notes);
        nodes.push({ name: `destroy ${address}`, after, run });
      }
    }
    for (const { address } of [...this.deposed]) {
      nodes.push({ name: `deposed ${address}`, after: new Set(), run: () => this.destroyDeposed(service, address) });
    }
    return this.walk(service, nodes, options);
  }

  private async make(
    service: ProviderService,
    address: string,
    block: Block,
    instance: Instance | undefined,
    depose: Instance | undefined,
  ): Promise<readonly string[]> {
    const { type } = block;
    const values = resolved(
      this.types.get(type)!,
      block,
      new Map([...this.state].map(([name, one]) => [name, one.value])),
    );
    const prior = instance === undefined ? null : await this.upgraded(service, instance);
    const plan = await this.planned(service, type, prior, values, values, instance?.notes ?? NOTHING);
    if (plan.errors.length > 0) return plan.errors;
    if (depose !== undefined) {
      this.state.delete(address);
      this.deposed.push({ ...depose, address });
    }
    const answer = await this.call(service, "ApplyResourceChange", {
      type_name: type,
      prior_state: this.wire(type, prior),
      planned_state: this.wire(type, plan.state),
      config: this.wire(type, values),
      planned_private: plan.notes,
    });
    const value = this.back(type, answer["new_state"]);
    const errors = errorsOf(answer, address);
    if (value !== null) {
      this.state.set(address, {
        type,
        value,
        notes: answer["private"] as Uint8Array,
        dependsOn: Object.values(block.references ?? {}),
        createBeforeDestroy: block.createBeforeDestroy === true,
        tainted: errors.length > 0 && instance === undefined,
      });
    } else if (depose !== undefined) {
      // Nothing was made: the old object is the address's again.
      const index = this.deposed.findIndex((one) => one.address === address && one.value === depose.value);
      if (index >= 0) this.deposed.splice(index, 1);
      this.state.set(address, depose);
    }
    return errors;
  }

  private async remove(
    service: ProviderService,
    address: string,
    instance: Instance,
    notes: Uint8Array,
  ): Promise<readonly string[]> {
    const prior = await this.upgraded(service, instance);
    const answer = await this.call(service, "ApplyResourceChange", {
      type_name: instance.type,
      prior_state: this.wire(instance.type, prior),
      planned_state: this.wire(instance.type, null),
      config: this.wire(instance.type, null),
      planned_private: notes,
    });
    const value = this.back(instance.type, answer["new_state"]);
    if (value === null) this.state.delete(address);
    else this.state.set(address, { ...instance, value });
    return errorsOf(answer, address);
  }

  private async destroyDeposed(service: ProviderService, address: string): Promise<readonly string[]> {
    const errors: string[] = [];
    for (const deposed of this.deposed.filter((one) => one.address === address)) {
      const { type } = deposed;
      const prior = await this.upgraded(service, deposed);
      const plan = await this.planned(service, type, prior, null, null, deposed.notes);
      const answer = await this.call(service, "ApplyResourceChange", {
        type_name: type,
        prior_state: this.wire(type, prior),
        planned_state: this.wire(type, null),
        config: this.wire(type, null),
        planned_private: plan.notes,
      });
      const failed = errorsOf(answer, `${address} (deposed)`);
      if (failed.length === 0) this.deposed.splice(this.deposed.indexOf(deposed), 1);
      errors.push(...failed);
    }
    return errors;
  }

  /** Runs the nodes in a random order that keeps what must come first, some at the same time. */
  private async walk(service: ProviderService, nodes: readonly Node[], options: ApplyOptions): Promise<string[]> {
    const names = new Set(nodes.map(({ name }) => name));
    const waiting = new Set(nodes);
    const done = new Set<string>();
    const failed = new Set<string>();
    const running = new Set<Promise<void>>();
    const errors: string[] = [];
    for (;;) {
      for (const node of waiting) {
        if ([...node.after].some((name) => failed.has(name))) {
          waiting.delete(node);
          failed.add(node.name);
        }
      }
      const ready = [...waiting].filter(({ after }) => [...after].every((name) => done.has(name) || !names.has(name)));
      if (ready.length === 0 && running.size === 0) break;
      if (ready.length === 0 || running.size >= (options.parallelism ?? 10)) {
        await Promise.race(running);
        continue;
      }
      const node = ready[Math.floor(this.random() * ready.length)]!;
      waiting.delete(node);
      const one = node.run(service).then((problems) => {
        errors.push(...problems);
        (problems.length === 0 ? done : failed).add(node.name);
        running.delete(one);
      });
      running.add(one);
      // Terraform starts what is ready at once, but not in the same instant.
      if (this.random() < 0.5) await new Promise((settle) => setImmediate(settle));
    }
    return errors;
  }

  private async upgraded(service: ProviderService, instance: Instance): Promise<ValueObject> {
    const answer = await this.call(service, "UpgradeResourceState", {
      type_name: instance.type,
      version: 0n,
      raw_state: { json: Buffer.from(JSON.stringify(instance.value)), flatmap: {} },
    });
    return this.back(instance.type, answer["upgraded_state"])!;
  }

  private async refreshed(service: ProviderService, address: string, instance: Instance, prior: ValueObject) {
    const answer = await this.call(service, "ReadResource", {
      type_name: instance.type,
      current_state: this.wire(instance.type, prior),
      private: instance.notes,
    });
    const errors = errorsOf(answer, address);
    const state = this.back(instance.type, answer["new_state"]);
    return { state, notes: answer["private"] as Uint8Array, errors };
  }

  private async planned(
    service: ProviderService,
    type: string,
    prior: ValueObject | null,
    values: ValueObject | null,
    config: ValueObject | null,
    notes: Uint8Array,
  ) {
    const attributes = this.types.get(type)!;
    const proposed = values === null ? null : proposedNew(attributes, prior, values);
    const answer = await this.call(service, "PlanResourceChange", {
      type_name: type,
      prior_state: this.wire(type, prior),
      proposed_new_state: this.wire(type, proposed),
      config: this.wire(type, config),
      prior_private: notes,
    });
    return {
      state: this.back(type, answer["planned_state"]),
      notes: (answer["planned_private"] as Uint8Array | undefined) ?? NOTHING,
      replace: ((answer["requires_replace"] as unknown[] | undefined) ?? []).length > 0,
      errors: errorsOf(answer, type),
    };
  }

  private call(
    service: ProviderService,
    rpc: keyof ProviderService,
    request: object,
  ): Promise<Record<string, unknown>> {
    const { signal } = new AbortController();
    const handler = service[rpc] as (request: object, call: object) => Promise<Record<string, unknown>>;
    return handler.call(service, request, { signal });
  }

  private wire(type: string, value: Value) {
    return { json: NOTHING, ...writeDynamicValue(objectType(this.types.get(type)!), value) };
  }

  private back(type: string, message: unknown): ValueObject | null {
    return readDynamicValue(objectType(this.types.get(type)!), message as never) as ValueObject | null;
  }
}

function actionsOf(planned: readonly Planned[]): string[] {
  return planned.filter(({ action }) => action !== "none").map(({ action, address }) => `${action} ${address}`);
}

function resolved(attributes: Attributes, block: Block, known: ReadonlyMap<string, ValueObject>): ValueObject {
  const empty = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
  const references = Object.entries(block.references ?? {}).map(([name, address]) => [
    name,
    known.get(address)?.["id"] ?? UNKNOWN,
  ]);
  return { ...empty, ...block.values, ...(Object.fromEntries(references) as ValueObject) };
}

function errorsOf(answer: Record<string, unknown>, where: string): string[] {
  const diagnostics = (answer["diagnostics"] ?? []) as { severity: string; summary: string; detail: string }[];
  if (diagnostics.every(({ severity }) => severity !== "ERROR")) return [];
  // With what was said beside: why it may succeed the next time.
  return diagnostics.map(({ summary, detail }) => `${where}: ${summary}\n${detail}`);
}
