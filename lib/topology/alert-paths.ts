import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { sameIgnoringCase } from "../core/ignoring-case";
import { guardedSystems, isLive, mailerAt, reachOf, routesThrough, type Reach } from "./reach";
import type { Mailer, Route, Topology } from "./topology";

/** What has happened, as far as it is said; what is left out is anything. */
export interface Event {
  /** The system's name: `vrops`. */
  readonly system?: string | undefined;
  /** In the system's own words: `CRITICAL`. Upper and lower case are the same. */
  readonly severity?: string | undefined;
  /** `VMWARE Datastore`, or the last word of it. */
  readonly resourceKind?: string | undefined;
}

/** One way by which somebody is told. */
export interface AlertPath {
  readonly receiver: string;
  /** The receiver is a description of people who are named in the system, not here. */
  readonly elsewhere: boolean;
  /** The route of the system where it happens. */
  readonly route: Route;
  /** Routes of other systems that the alert then takes. */
  readonly onwards: readonly Route[];
  /** What sends it, where it is in the stack. */
  readonly mailer?: Mailer;
  readonly reach: Reach;
  /** False when the way ends before the receiver. */
  readonly arrives: boolean;
  /** Why it ends, or what is not certain. */
  readonly remark?: string;
}

/** Who is told when this happens, by which way. Routes that are switched off tell nobody and are left out. */
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
  // Who is described elsewhere counts only where the way does not go on to those who are named.
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

/** Unknown filters may take it, so they count as taking it. */
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
