import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare } from "../core/finding";
import type { Flow } from "../topology";
import type { ReachChange } from "./review";
import { destination, mailerName } from "./words";
import type { Side, BeforeAndAfter } from "./before-and-after";

/** The flows that open and close, with their users. Unchanged ones come last. */
export function reachabilityOf(world: BeforeAndAfter): ReachChange[] {
  const before = keyed(world.before);
  const after = keyed(world.after);
  const rows = [...new Set([...before.keys(), ...after.keys()])].map((key): ReachChange => {
    const was = before.get(key);
    const is = after.get(key);
    const flow = (is ?? was)!;
    const replaced =
      was !== undefined &&
      is !== undefined &&
      (was.address !== is.address || isMadeAnew(world, is)) &&
      !movedTo(world, was, is);
    return {
      change: was === undefined ? "opened" : is === undefined ? "closed" : replaced ? "replaced" : "kept",
      source: flow.source ?? KNOWN_AFTER_APPLY,
      destination: destination(flow),
      address: flow.address,
      usedBy: [...new Set([...users(was, world.before), ...users(is, world.after)])].sort(compare),
    };
  });
  const order = { closed: 0, replaced: 1, opened: 2, kept: 3 };
  return rows.sort(
    (a, b) => order[a.change] - order[b.change] || compare(a.source, b.source) || compare(a.destination, b.destination),
  );
}

function keyed({ topology }: Side): Map<string, Flow> {
  return new Map(topology.flows.map((flow) => [`${flow.source ?? flow.address} ${destination(flow)}`, flow]));
}

function users(flow: Flow | undefined, { topology, reach }: Side): string[] {
  if (flow === undefined) return [];
  return topology.mailers
    .filter((mailer) => {
      const way = reach(mailer);
      return (way.kind === "flow" || way.kind === "likely") && way.flow.address === flow.address;
    })
    .map(mailerName);
}

/**
 * Whether a flow is created again. With `forget` in place of `delete` nothing is closed: the released flow is adopted.
 */
function isMadeAnew({ plan }: BeforeAndAfter, { address }: Flow): boolean {
  const change = plan.resources.find((one) => one.address === address);
  return change?.verb === "replace" && change.actions.includes("delete");
}

function movedTo(world: BeforeAndAfter, was: Flow, is: Flow): boolean {
  return was.address !== is.address && world.movedTo(was.address) === is.address;
}
