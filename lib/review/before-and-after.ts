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

/** The topology on one side of the change. */
export interface Side {
  readonly topology: Topology;
  /** Every path of an alert, whether or not it is open. */
  readonly told: readonly AlertPath[];
  reach(mailer: Mailer): Reach;
}

/** The topology before and after, with lookups from one side to the other. */
export class BeforeAndAfter {
  readonly before: Side;
  readonly after: Side;
  /** Systems with a flow on either side: closing the last flow does not remove the firewall. */
  readonly guarded: ReadonlySet<string>;
  readonly changes: readonly ResourceChange[];
  private readonly moved: ReadonlyMap<string, string>;

  constructor(readonly plan: Plan) {
    const taken = new Set(plan.renames.renames.map(({ from }) => from));
    const resources = plan.resources
      .filter(({ deposed, verb, address }) => deposed === undefined && !(verb === "forget" && taken.has(address)))
      // A released object stays: the flow open, the plugin sending. It is only no longer managed.
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

  /** The address of an object afterwards, whether or not the code declares that it moves. */
  movedTo(address: string): string {
    return this.moved.get(address) ?? address;
  }

  /** The mailer afterwards that corresponds to one before; its address may have changed. */
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

/** Whether a mailer sends alerts, by itself or by a route that is not switched off. */
export function isUsed(mailer: Mailer, topology: Topology): boolean {
  if (mailer.enabled === false) return false;
  return (
    mailer.routesItself === true ||
    topology.routes.some((route) => route.via.mailer === mailer.address && isLive(route, topology))
  );
}
