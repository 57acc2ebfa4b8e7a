import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { sameIgnoringCase } from "../core/ignoring-case";
import { guardedSystems, isLive, mailerAt, reachOf, routesThrough, type Reach } from "./reach";
import type { Mailer, Route, Topology } from "./topology";

/** An event that raises an alert; an omitted property matches anything. */
export interface Event {
  /** The system's name: `vrops`. */
  readonly system?: string | undefined;
  /** The severity, in the system's own words: `CRITICAL`. Case does not matter. */
  readonly severity?: string | undefined;
  /** `VMWARE Datastore`, or the last word of it. */
  readonly resourceKind?: string | undefined;
}

/** A path by which an alert reaches somebody. */
export interface AlertPath {
  readonly receiver: string;
  /** Whether the receiver is only a description of people who are named in the system, not here. */
  readonly elsewhere: boolean;
  /** The route in the system where the event occurs. */
  readonly route: Route;
  /** The routes of other systems that the alert then takes. */
  readonly onwards: readonly Route[];
  /** The mailer that sends it, where it is in the stack. */
  readonly mailer?: Mailer;
  readonly reach: Reach;
  /** False when the path ends before the receiver. */
  readonly arrives: boolean;
  /** Why the path ends, or what is not certain. */
  readonly remark?: string;
}

/** The paths by which receivers learn of an event. Routes that are switched off reach nobody and are left out. */
export function alertPaths(
  topology: Topology,
  event: Event = {},
  guarded: ReadonlySet<string> = guardedSystems(topology),
): AlertPath[] {
  const entered = topology.routes.filter(
    (route) =>
      (event.system === undefined || route.system === event.system) &&
      isLive(route, topology) &&
      takes(route.severities, event.severity, sameIgnoringCase) &&
      takes(route.resourceKinds, event.resourceKind, sameKind),
  );
  return entered.flatMap((route) => follow(route, route, [], topology, guarded));
}

function follow(
  start: Route,
  route: Route,
  onwards: readonly Route[],
  topology: Topology,
  guarded: ReadonlySet<string>,
): AlertPath[] {
  const mailer = mailerAt(start.via.mailer ?? route.via.mailer, topology);
  const reach: Reach = mailer === undefined ? { kind: "not-managed" } : reachOf(mailer, topology, guarded);
  const receivers = (route.receivers ?? [KNOWN_AFTER_APPLY]).map((receiver) => ({ receiver, elsewhere: false }));
  const further = mailerAt(route.forwardsTo?.mailer, topology);
  const next = further === undefined ? [] : routesThrough(further, topology);
  const taken = next.filter((one) => one !== start && !onwards.includes(one) && isLive(one, topology));
  const told = taken.flatMap((one) => follow(start, one, [...onwards, one], topology, guarded));
  // A description of receivers counts only where the path does not continue to named ones.
  const described = route.receiversElsewhere !== undefined && taken.length === 0;
  const all = described ? [...receivers, { receiver: route.receiversElsewhere, elsewhere: true }] : receivers;
  return [
    ...all.map(({ receiver, elsewhere }): AlertPath => {
      const remark = remarkOn(reach);
      return {
        receiver,
        elsewhere,
        route: start,
        onwards,
        ...(mailer === undefined ? {} : { mailer }),
        reach,
        arrives: reach.kind !== "closed",
        ...(remark === undefined ? {} : { remark }),
      };
    }),
    ...told,
  ];
}

function remarkOn(reach: Reach): string | undefined {
  switch (reach.kind) {
    case "closed":
      return "no flow lets it out to its SMTP server";
    case "likely":
      return "the flow goes to an address, the server is a name: assumed to be the same";
    case "unknown":
      return "the SMTP server is known after the apply only";
    case "flow":
    case "not-managed":
      return undefined;
  }
}

/** Whether a route takes an event. Unknown filters may take it, so they count as taking it. */
function takes(
  filter: readonly string[] | null | undefined,
  asked: string | undefined,
  matches: (a: string, b: string) => boolean,
): boolean {
  if (asked === undefined || filter === null || filter === undefined || filter.length === 0) return true;
  return filter.some((one) => matches(one, asked));
}

function sameKind(filter: string, asked: string): boolean {
  return sameIgnoringCase(filter, asked) || sameIgnoringCase(filter.split(" ").at(-1)!, asked);
}
