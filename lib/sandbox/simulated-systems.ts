import type { Clock } from "../core/clock";
import type { SimulatedObject } from "../systems/kit/simulator/objects";
import type { Simulator, SimulatorWorld } from "../systems/kit/simulator/simulation";
import { systems as knownSystems } from "../systems";
import type { System } from "../systems/kit/system";
import { interventionFailed, unknownIntervention, unknownSystem } from "./errors";
import { startHost, type HostOptions, type SandboxHost } from "./host";
import type { MapInput } from "./network-map";

/** A system as the sandbox needs it: its name and its simulator. */
export type SimulatedSystem = Pick<System, "name" | "simulator"> & Partial<Pick<System, "title">>;

interface Running {
  readonly title: string;
  readonly simulator: Simulator;
  readonly host: SandboxHost;
}

/** The simulators of a sandbox, each at its own address. */
export class SimulatedSystems {
  private readonly running = new Map<string, Running>();

  constructor(private readonly clock: Clock) {}

  /** Starts the simulator of one more system. */
  async start(
    { name, title = name, simulator }: SimulatedSystem,
    world: SimulatorWorld,
    options: Omit<HostOptions, "simulator" | "clock">,
  ): Promise<SandboxHost> {
    const made = (await simulator())(world);
    const host = await startHost({ ...options, simulator: made, clock: this.clock });
    this.running.set(name, { title, simulator: made, host });
    return host;
  }

  /** Each simulator's URL by system name. */
  get urls(): Readonly<Record<string, string>> {
    return this.byName(({ host }) => host.url);
  }

  /** The number of writes that each system has received. */
  get written(): ReadonlyMap<string, number> {
    return new Map(Object.entries(this.byName(({ simulator }) => simulator.tables.written)));
  }

  /** The state of each system, as its simulator shows it. */
  snapshots(): Readonly<Record<string, unknown>> {
    return this.byName(({ simulator }) => simulator.snapshot());
  }

  /** Everything that exists and that a resource could manage. */
  objects(): (SimulatedObject & { readonly system: string })[] {
    return [...this.running].flatMap(([system, { simulator }]) =>
      simulator.objects().map((one) => ({ system, ...one })),
    );
  }

  /** The systems of the network's map: those whose simulator knows what it connects to. */
  forMap(): MapInput["systems"] {
    return [...this.running].flatMap(([system, { title, simulator, host }]) => {
      const ways = simulator.connectivity?.();
      return ways === undefined ? [] : [{ system, title, url: host.url, ways }];
    });
  }

  /** The variables that make stacks and provider use the simulators. */
  environment(): Record<string, string> {
    return Object.assign(
      {},
      ...[...this.running.values()].map(({ simulator, host }) => simulator.environment(host.url)),
    ) as Record<string, string>;
  }

  /** The names of each system's interventions. */
  interventions(): Readonly<Record<string, readonly string[]>> {
    return this.byName(({ simulator }) => Object.keys(simulator.interventions ?? {}));
  }

  /**
   * Makes a change outside of Terraform.
   *
   * @throws ProblemError `sandbox/unknown-system`, `sandbox/unknown-intervention`, `sandbox/intervention-refused`
   */
  async intervene(system: string, name: string, argument?: unknown): Promise<unknown> {
    const simulator = this.running.get(system)?.simulator;
    if (simulator === undefined) throw unknownSystem(system, [...this.running.keys()]);
    const known = simulator.interventions ?? {};
    if (!Object.hasOwn(known, name)) throw unknownIntervention(system, name, Object.keys(known));
    try {
      return await simulator.tables.writing({ at: this.clock.now(), foreign: true }, () => known[name]!(argument));
    } catch (error) {
      throw interventionFailed(system, name, error);
    }
  }

  /** Resets the state of every system; logins stay valid. */
  reset(): void {
    for (const { simulator } of this.running.values()) simulator.tables.reset();
  }

  private byName<T>(of: (running: Running) => T): Record<string, T> {
    return Object.fromEntries([...this.running].map(([name, running]) => [name, of(running)]));
  }
}

/**
 * The simulators' options in `world.options`: its own by name for each, and the shared platform for all.
 *
 * @throws ProblemError `sandbox/unknown-system` for options of a system that this package does not know
 */
export function worldOptions(
  systems: readonly SimulatedSystem[],
  given: Readonly<Record<string, unknown>>,
  service: string,
): Readonly<Record<string, unknown>> {
  const names = [...new Set([...systems, ...knownSystems].map(({ name }) => name))];
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownSystem(name, names);
  return Object.fromEntries(systems.map(({ name }) => [name, { service, ...(given[name] as object | undefined) }]));
}
