import { changes, type Plan, type ResourceChange } from "../plan";
import {
  guardedSystems,
  isLive,
  mailerAt,
  reachOf,
  topologyAfter,
  topologyBefore,
  alertPaths,
  type Mailer,
  type Reach,
  type AlertPath,
  type Topology,
} from "../topology";

/** One side of the change. */
export interface Side {
  readonly topology: Topology;
  /** Everyone who is told of anything, whether or not the way is open. */
  readonly told: readonly AlertPath[];
  reach(mailer: Mailer): Reach;
}

/** Before and after, and how to find the same thing on the other side. */
export class BeforeAndAfter {
  readonly before: Side;
  readonly after: Side;
  /** Systems that a flow lets out on either side: closing the last flow does not tear the firewall down. */
  readonly guarded: ReadonlySet<string>;
  readonly changes: readonly ResourceChange[];
  private readonly moved: ReadonlyMap<string, string>;

  constructor(readonly plan: Plan) {
    const taken = new Set(plan.renames.renames.map(({ from }) => from));
    const resources = plan.resources
      .filter(({ deposed, verb, address }) => deposed === undefined && !(verb === "forget" && taken.has(address)))
      // What is let go stays: the flow open, the plugin sending. Only that nobody manages it is new.
      .map((one) => (one.verb === "forget" ? { ...one, after: one.before } : one));
    const before = topologyBefore(resources);
    const after = topologyAfter(resources);
    this.guarded = new Set([...guardedSystems(before), ...guardedSystems(after)]);
    this.before = this.side(before);
    this.after = this.side(after);
    this.changes = changes(plan);
    this.moved = new Map([
      ...plan.renames.renames.map(({ from, to }) => [from, to] as const),
      ...resources.flatMap(({ address, previousAddress }) =>
        previousAddress === undefined ? [] : [[previousAddress, address] as const],
      ),
    ]);
  }

  /** The address that an object has afterwards, whether or not the code says that it moves. */
  movedTo(address: string): string {
    return this.moved.get(address) ?? address;
  }

  /** What a mailer of before is afterwards; the same object may be called otherwise. */
  successor(mailer: Mailer): Mailer | undefined {
    const { mailers } = this.after.topology;
    return (
      mailerAt(this.movedTo(mailer.address), this.after.topology) ??
      mailers.find(({ system, name }) => system === mailer.system && name !== undefined && name === mailer.name)
    );
  }

  predecessor(mailer: Mailer): Mailer | undefined {
    const { mailers } = this.before.topology;
    return (
      mailerAt(mailer.address, this.before.topology) ??
      mailers.find(({ system, name }) => system === mailer.system && name !== undefined && name === mailer.name)
    );
  }

  private side(topology: Topology): Side {
    return {
      topology,
      told: alertPaths(topology, {}, this.guarded),
      reach: (mailer) => reachOf(mailer, topology, this.guarded),
    };
  }
}

/** Sends alerts by itself or by a route that nothing switches off. */
export function isUsed(mailer: Mailer, topology: Topology): boolean {
  if (mailer.enabled === false) return false;
  return (
    mailer.routesItself === true ||
    topology.routes.some((route) => route.via.mailer === mailer.address && isLive(route, topology))
  );
}
