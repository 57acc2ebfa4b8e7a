import type { Inlet, Opening, Outlet, ConfiguredServer, Connectivity } from "../systems/kit/simulator/connectivity";
import type { OpenFlow } from "./network";

/** Which system reaches which server through which flow, for the page's map. */
export interface NetworkMap {
  readonly systems: readonly MapSystem[];
  readonly firewalls: readonly MapFirewall[];
  readonly destinations: readonly MapDestination[];
}

export interface MapSystem {
  readonly system: string;
  readonly title: string;
  /** One for each of its plugins and settings; empty when nothing is configured. */
  readonly ways: readonly MapRoute[];
}

/** `off`: switched off in the system. `unknown`: the system does not say. */
export type MapRouteStatus = "open" | "blocked" | "off" | "unknown";

export interface MapRoute {
  readonly id: string;
  readonly name: string;
  readonly status: MapRouteStatus;
  /** The reason for the status, in words. */
  readonly why: string;
  /** The service whose firewall it passes; undefined when there is none. */
  readonly service?: string;
  /** Id of the destination; undefined when the settings name none. */
  readonly to?: string;
  readonly receivers: readonly string[];
}

export interface MapFirewall {
  readonly service: string;
  readonly flows: readonly MapFlow[];
}

export interface MapFlow {
  readonly ip: string;
  readonly port: number;
  readonly open: boolean;
  readonly description: string;
  /** The state, in the words of the system that manages the flow; undefined when it was opened otherwise. */
  readonly state?: string;
  /** Whether a route of the map needs it. */
  readonly used: boolean;
}

export interface MapDestination {
  readonly id: string;
  readonly kind: "smtp" | "inlet" | "elsewhere";
  readonly title: string;
  readonly detail: string;
  readonly receivers: readonly string[];
}

export interface MapInput {
  /** In the sandbox's order. */
  readonly systems: readonly {
    readonly system: string;
    readonly title: string;
    readonly url: string;
    readonly ways: Connectivity;
  }[];
  readonly listeners: readonly { readonly title: string; readonly host: string; readonly port: number }[];
  readonly flows: readonly OpenFlow[];
  /** The service that exists from the start. */
  readonly service: string;
}

export function networkMap(input: MapInput): NetworkMap {
  const destinations = new Map<string, MapDestination>(
    input.listeners.map(({ title, host, port }) => {
      const id = `smtp:${host}:${port}`;
      return [id, { id, kind: "smtp", title, detail: `${host}:${port}`, receivers: [] }];
    }),
  );
  for (const { system, title, ways } of input.systems) {
    for (const inlet of ways.inlets ?? []) {
      const { name: detail, receivers } = inlet;
      destinations.set(inletId(system, inlet), { id: inletId(system, inlet), kind: "inlet", title, detail, receivers });
    }
  }
  const openings = input.systems.flatMap(({ ways }) => ways.openings ?? []);
  const systems = input.systems.flatMap(({ system, title, ways: { outlets } }): MapSystem[] => {
    if (outlets === undefined) return [];
    const ways = outlets.map((outlet, index): MapRoute => {
      const { to, ...fate } = fateOf(outlet, input, openings, destinations);
      if (to !== undefined && !destinations.has(to.id)) destinations.set(to.id, to);
      return { id: `${system}/${index}`, name: outlet.name, ...fate, to: to?.id, receivers: outlet.receivers };
    });
    return [{ system, title, ways }];
  });
  return { systems, firewalls: firewallsOf(input, openings), destinations: [...destinations.values()] };
}

type Fate = Pick<MapRoute, "status" | "why" | "service"> & { readonly to?: MapDestination };

function fateOf(
  outlet: Outlet,
  input: MapInput,
  openings: readonly Opening[],
  destinations: ReadonlyMap<string, MapDestination>,
): Fate {
  const { smtp, postsTo, behind: service } = outlet;
  if (smtp !== undefined) {
    const to = serverOf(smtp, destinations);
    if (!outlet.enabled) return { service, to, ...off };
    return { service, to, ...passage(smtp, service, input.flows, openings) };
  }
  if (postsTo === undefined) return { status: "unknown", why: "not known: it does not say where it sends to" };
  const to = receiverOf(postsTo, input, destinations);
  if (!outlet.enabled) return { to: to.destination, ...off };
  return { to: to.destination, status: to.status, why: to.why };
}

const off = { status: "off", why: "switched off" } as const;

function passage(
  { host, port, ip }: ConfiguredServer,
  service: string | undefined,
  flows: readonly OpenFlow[],
  openings: readonly Opening[],
): Pick<MapRoute, "status" | "why"> {
  if (service === undefined) return { status: "open", why: "open: no firewall in the way" };
  if (ip === undefined) {
    return { status: "unknown", why: `not known: only the real DNS knows the address of ${host}, and it is not asked` };
  }
  const there = `${ip}:${port}`;
  if (flows.some((flow) => flow.platform === service && flow.ip === ip && flow.port === port)) {
    return { status: "open", why: `open: a flow of ${service} goes to ${there}` };
  }
  const pending = openings.find((one) => one.service === service && one.ip === ip && one.port === port);
  const hope = pending === undefined ? "" : `; one is in state ${pending.state}`;
  return { status: "blocked", why: `blocked: no open flow of ${service} to ${there}${hope}` };
}

function serverOf(
  { host, port, ip }: ConfiguredServer,
  destinations: ReadonlyMap<string, MapDestination>,
): MapDestination {
  const id = `smtp:${ip ?? host}:${port}`;
  const title = host === ip ? "Another server" : host;
  return destinations.get(id) ?? { id, kind: "elsewhere", title, detail: `${ip ?? host}:${port}`, receivers: [] };
}

/**
 * The system that a URL belongs to. Of an unknown URL only the origin is shown: the rest of a webhook's URL is often
 * secret.
 */
function receiverOf(url: string, { systems }: MapInput, destinations: ReadonlyMap<string, MapDestination>) {
  const { origin, pathname } = URL.canParse(url) ? new URL(url) : { origin: "(not a URL)", pathname: "" };
  const owner = systems.find((one) => URL.canParse(one.url) && new URL(one.url).origin === origin);
  const address = pathname.split("/").at(-1);
  const inlet = owner?.ways.inlets?.find((one) => one.address === address);
  if (owner !== undefined && inlet !== undefined) {
    const { status, why } = inlet.enabled
      ? ({ status: "open", why: `open: hands over to ${owner.title}` } as const)
      : ({ status: "blocked", why: `blocked: ${inlet.name} is switched off in ${owner.title}` } as const);
    return { destination: destinations.get(inletId(owner.system, inlet)), status, why };
  }
  const destination: MapDestination = {
    id: `url:${origin}`,
    kind: "elsewhere",
    title: owner?.title ?? "Webhook",
    detail: owner === undefined ? origin : "no such integration",
    receivers: [],
  };
  return owner === undefined
    ? { destination, status: "unknown" as const, why: "not known: outside of this sandbox" }
    : { destination, status: "blocked" as const, why: `blocked: ${owner.title} has no such integration` };
}

function firewallsOf({ service, systems, flows }: MapInput, openings: readonly Opening[]): MapFirewall[] {
  const outlets = systems.flatMap(({ ways }) => ways.outlets ?? []);
  const services = new Set([
    service,
    ...openings.map((opening) => opening.service),
    ...flows.map(({ platform }) => platform),
    ...outlets.flatMap(({ behind }) => behind ?? []),
  ]);
  return [...services].map((name) => {
    const open = flows.filter(({ platform }) => platform === name);
    const managed = openings.filter((opening) => opening.service === name);
    const places = new Map([...managed, ...open].map(({ ip, port }) => [`${ip}:${port}`, { ip, port }]));
    return {
      service: name,
      flows: [...places.values()].map((place): MapFlow => {
        const same = (one: { ip?: string; port: number }) => one.ip === place.ip && one.port === place.port;
        const manager = managed.find(same);
        return {
          ...place,
          open: open.some(same),
          description: manager?.description ?? "",
          ...(manager === undefined ? {} : { state: manager.state }),
          used: outlets.some(({ behind, smtp }) => behind === name && smtp !== undefined && same(smtp)),
        };
      }),
    };
  });
}

function inletId(system: string, { name }: Inlet): string {
  return `inlet:${system}/${name}`;
}
