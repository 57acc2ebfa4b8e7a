import { sameIgnoringCase } from "../../core/ignoring-case";
import type { Route } from "../../topology";
import { judge, type Rule } from "../rule";

export const receiversOnce: Rule = {
  id: "receivers-once",
  title: "Nobody gets the same alert twice",
  severity: "warning",
  why: "Somebody who gets every alert twice learns to ignore both.",
  fix: "Take the address out of one of the two routes, or give them filters that do not overlap.",
  scope:
    "Addresses in several routes in force of the same plugin. Routes for different severities or kinds of object do not overlap, and of routes that choose by anything else it is not known.",
  check({ routes }) {
    const inForce = routes.filter(({ enabled, receivers }) => enabled !== false && (receivers ?? []).length > 0);
    return judge(inForce, "no route names a receiver", (route) => {
      // Reported once, at the later of the two routes.
      const earlier = inForce.slice(0, inForce.indexOf(route)).filter((other) => overlap(other, route));
      return route.receivers!.flatMap((receiver) => {
        const first = earlier.find((other) => other.receivers!.some((one) => sameIgnoringCase(one, receiver)));
        return first === undefined
          ? []
          : [{ address: route.address, summary: `${receiver} gets these alerts already by ${first.address}` }];
      });
    });
  },
};

/** Whether two routes certainly overlap: they use the same mailer, and accept the same alerts. */
function overlap(a: Route, b: Route): boolean {
  const through = (route: Route) => route.via.mailer ?? route.via.id;
  if (a.system !== b.system || through(a) === undefined || through(a) !== through(b)) return false;
  if (choosesOtherwise(a) || choosesOtherwise(b)) return false;
  return meet(a.severities, b.severities) && meet(a.resourceKinds, b.resourceKinds);
}

/** Whether a route has a filter that the topology does not describe: alerts that pass it cannot be compared. */
const choosesOtherwise = ({ filtered, severities, resourceKinds }: Route) =>
  filtered !== false && severities === null && resourceKinds === null;

/**
 * Whether two filters certainly have a value in common. Null accepts everything; a value that is not known yet is
 * assumed to match nothing.
 */
function meet(a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === null || b === null || a.some((one) => b.includes(one));
}
