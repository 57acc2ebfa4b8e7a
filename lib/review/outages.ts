import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare, type Finding } from "../core/finding";
import { isLive, isOurs, mailerAt, type Mailer, type Route } from "../topology";
import type { Stop } from "./review";
import { connection, destination, list, mailerName, routeName } from "./words";
import { isUsed, type Side, type BeforeAndAfter } from "./before-and-after";

/** What stops alerts once the plan is applied: caused by the change, or there before. */
export function outagesOf(world: BeforeAndAfter): Stop[] {
  const now = [...unreachable(world), ...withoutReceivers(world.after), ...untested(world.after)];
  const then = new Set(
    [...standing(world.before), ...withoutReceivers(world.before), ...untested(world.before)].map(key),
  );
  const stops = [
    ...now.map((finding): Stop => ({ ...finding, byThisChange: !then.has(key(finding)) })),
    ...[...switchedOff(world), ...lost(world), ...unmanned(world), ...forgotten(world)].map((finding): Stop => ({
      ...finding,
      byThisChange: true,
    })),
  ];
  return stops.sort(
    (a, b) =>
      Number(b.byThisChange) - Number(a.byThisChange) ||
      Number(a.severity !== "error") - Number(b.severity !== "error") ||
      compare(a.id, b.id) ||
      compare(a.path, b.path) ||
      compare(a.summary, b.summary),
  );
}

/** Identifies a stop: the same server is still unreachable, or it is a different one. */
function key({ id, path, summary }: Finding): string {
  return id === "receiver-without-route" || id === "route-without-receiver"
    ? `${id} ${path} ${summary}`
    : `unreachable ${path}`;
}

function standing({ topology, reach }: Side): Finding[] {
  return topology.mailers
    .filter((mailer) => isUsed(mailer, topology) && reach(mailer).kind === "closed")
    .map((mailer) => noFlow(mailer));
}

/** SMTP servers that their platform cannot reach, because no flow is open. */
function unreachable(world: BeforeAndAfter): Finding[] {
  const { before, after } = world;
  return after.topology.mailers.flatMap((mailer) => {
    if (!isUsed(mailer, after.topology) || after.reach(mailer).kind !== "closed") return [];
    const earlier = world.predecessor(mailer);
    const way = earlier === undefined ? undefined : before.reach(earlier);
    const sameServer = earlier?.smtp?.host === mailer.smtp?.host && earlier?.smtp?.port === mailer.smtp?.port;
    if (way === undefined || (way.kind !== "flow" && way.kind !== "likely") || !sameServer) return [noFlow(mailer)];
    return [
      {
        severity: "error",
        id: "flow-closed",
        path: mailer.address,
        summary: `The flow to ${destination(way.flow)} is closed, and ${mailerName(mailer)} sends through it`,
        why: "Mails that no flow lets out time out: nobody is told, and whoever should be sees no error.",
        fix: "Keep the flow, or point the settings to a server that a flow leads to.",
      },
    ];
  });
}

function noFlow(mailer: Mailer): Finding {
  return {
    severity: "error",
    id: "smtp-host-without-flow",
    path: mailer.address,
    summary: `No flow lets ${mailerName(mailer)} out to ${connection(mailer.smtp!)}`,
    why: "The platform stands behind a firewall that is managed here, so its mails will time out.",
    fix: "Declare a flow to this address and port, or correct the settings.",
  };
}

/** Mailers that are switched off or removed while routes use them. */
function switchedOff(world: BeforeAndAfter): Finding[] {
  const { before, after } = world;
  return before.topology.mailers.flatMap((mailer): Finding[] => {
    if (!isUsed(mailer, before.topology)) return [];
    const later = world.successor(mailer);
    const told = before.told
      .filter((one) => one.mailer?.address === mailer.address && !one.elsewhere)
      .map(({ receiver }) => receiver);
    const who = told.length === 0 ? "" : ` to ${list([...new Set(told)].sort(compare))}`;
    if (later === undefined) {
      return [
        {
          severity: "error",
          id: "mailer-deleted",
          path: mailer.address,
          summary: `${mailerName(mailer)} is deleted: it sends nothing${who} any more`,
          why: "Alerts that were routed through it have no way out.",
          fix: "Make sure that something else sends these alerts before it goes.",
        },
      ];
    }
    if (later.enabled !== false || mailer.enabled === false) return [];
    return [
      {
        severity: "error",
        id: "mailer-disabled",
        path: later.address,
        summary: `${mailerName(later)} is switched off: it sends nothing${who} any more`,
        why: `A disabled ${after.topology.routes.some(({ via }) => via.mailer === later.address) ? "plugin drops what its routes give it" : "setting sends nothing"}, silently.`,
        fix: "Leave it on, or move its routes to another plugin first.",
      },
    ];
  });
}

/** Routes without receivers. */
function withoutReceivers({ topology }: Side): Finding[] {
  return topology.routes
    .filter((route) => isLive(route, topology) && endsNowhere(route) && !handedOver(route, topology.routes))
    .map((route) => ({
      severity: "error",
      id: "route-without-receiver",
      path: route.address,
      summary: `${routeName(route)} has no receiver`,
      why: "Alerts that it takes are counted as notified and reach nobody.",
      fix: "Add a receiver. Without the route, which is deleted when it is taken out of the code, nobody is told either.",
    }));
}

function endsNowhere({ receivers, receiversElsewhere, forwardsTo }: Route): boolean {
  return receivers?.length === 0 && receiversElsewhere === undefined && forwardsTo === undefined;
}

/**
 * Whether AlertOps may choose the receivers by its own rules; then the route of an integration does not end the alert.
 */
function handedOver(route: Route, routes: readonly Route[]): boolean {
  return routes.some(
    (other) =>
      other.via.mailer !== undefined && other.address === route.address && other !== route && !endsNowhere(other),
  );
}

/** Receivers of the test mail who get no alerts: the test proves a way that no alert takes. */
function untested({ topology, told }: Side): Finding[] {
  const known = told.every(({ elsewhere, receiver }) => !elsewhere && receiver !== KNOWN_AFTER_APPLY);
  if (!known || topology.routes.length === 0) return [];
  const receiving = new Set(told.map(({ receiver }) => receiver.toLowerCase()));
  return topology.tests.flatMap(({ address, receivers }) =>
    (receivers ?? [])
      .filter((receiver) => receiver !== KNOWN_AFTER_APPLY && !receiving.has(receiver.toLowerCase()))
      .map((receiver): Finding => ({
        severity: "warning",
        id: "receiver-without-route",
        path: address,
        summary: `${receiver} gets the test mail, and no route sends alerts there`,
        why: "The test passes for a receiver whom no alert will ever reach.",
        fix: "Add the receiver to a route, or take it out of the test.",
      })),
  );
}

/** Receivers who got something before and get nothing afterwards. */
function lost({ before, after }: BeforeAndAfter): Finding[] {
  const still = new Set(after.told.map(({ receiver }) => receiver.toLowerCase()));
  if (after.topology.routes.some(({ receivers }) => receivers === undefined)) return [];
  const gone = new Map<string, string>();
  for (const { receiver, elsewhere, route, onwards } of before.told) {
    if (!elsewhere && !still.has(receiver.toLowerCase()) && receiver !== KNOWN_AFTER_APPLY) {
      gone.set(receiver, gone.get(receiver) ?? (onwards.at(-1) ?? route).address);
    }
  }
  return [...gone].map(([receiver, path]) => ({
    severity: "warning",
    id: "receiver-dropped",
    path,
    summary: `${receiver} receives no alerts any more`,
    why: "Somebody who was told until now will not notice that they are not.",
    fix: "Make sure that they know, or that somebody else is told.",
  }));
}

/** Severities of a system that somebody received before and nobody receives afterwards. */
function unmanned({ before, after }: BeforeAndAfter): Finding[] {
  const found: Finding[] = [];
  for (const [system, title] of new Map(before.topology.routes.map((route) => [route.system, route.title]))) {
    const was = severitiesTold(before, system);
    const is = severitiesTold(after, system);
    if (is.has(ANY)) continue;
    const gone = [...was].filter((severity) => !is.has(severity)).sort(compare);
    if (gone.length === 0) continue;
    const what = gone.includes(ANY)
      ? is.size === 0
        ? "Alerts"
        : `Alerts other than ${[...is].sort(compare).join(", ")}`
      : `${gone.join(", ")} alerts`;
    const address = before.topology.routes.find((route) => route.system === system)!.address;
    found.push({
      severity: "error",
      id: "alerts-without-route",
      path: address,
      summary: `${what} of ${title} reach nobody any more`,
      why: "Until now somebody was told of them.",
      fix: "Keep a route that takes them, or acknowledge in the pull request that nobody needs to know.",
    });
  }
  return found;
}

/**
 * Objects that are released without being destroyed, and managed nowhere else: the flow stays open, the plugin keeps
 * sending.
 */
function forgotten({ plan, before: { topology } }: BeforeAndAfter): Finding[] {
  const taken = new Set(plan.renames.renames.map(({ from }) => from));
  const stays = new Map([
    ...topology.routes.map((route) => [route.address, `${routeName(route)} goes on telling its receivers`] as const),
    ...topology.mailers.map((mailer) => [mailer.address, `${mailerName(mailer)} goes on sending`] as const),
    ...topology.flows.map((flow) => [flow.address, `the flow to ${destination(flow)} stays open`] as const),
  ]);
  return plan.resources
    .filter(({ type, verb, address, deposed }) => {
      return verb === "forget" && isOurs(type) && deposed === undefined && !taken.has(address);
    })
    .map(({ address }): Finding => ({
      severity: "warning",
      id: "nobody-manages-it",
      path: address,
      summary: `${address} is let go, not destroyed: ${stays.get(address) ?? "it stays as it is"}, and nothing manages it any more`,
      why: "No plan will show that somebody changes it, no review who is told by it, and no destroy takes it away.",
      fix: "Import it where it shall be managed from now on. If it shall go, destroy it instead, or remove it by hand afterwards.",
    }));
}

const ANY = "(any)";

function severitiesTold({ topology }: Side, system: string): Set<string> {
  const live = topology.routes.filter(
    (route) => route.system === system && isLive(route, topology) && !endsNowhere(route) && routesOut(route, topology),
  );
  return new Set(live.flatMap(({ severities }) => severities ?? [ANY]));
}

/** Whether a route has a mailer. A route whose plugin was in the stack must still have it. */
function routesOut(route: Route, topology: Side["topology"]): boolean {
  return route.via.mailer === undefined || mailerAt(route.via.mailer, topology) !== undefined;
}
