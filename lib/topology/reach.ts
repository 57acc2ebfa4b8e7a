import type { Flow, Mailer, Route, Topology } from "./topology";

/** Whether a mailer reaches its server through the declared flows, and how certain that is. */
export type Reach =
  /** An open flow covers address and port. */
  | { readonly kind: "flow"; readonly flow: Flow }
  /** A flow with the same port opens an address, and the mailer names a host: probably the same server. */
  | { readonly kind: "likely"; readonly flow: Flow }
  /** Its platform stands behind a firewall of ours, and no flow fits. */
  | { readonly kind: "closed" }
  /** No flow of the stack belongs to its platform: it is reached some other way, or not at all. */
  | { readonly kind: "not-managed" }
  /** Host or port are known only after the apply. */
  | { readonly kind: "unknown" };

/**
 * Finds the flow that a mailer's connection takes.
 *
 * @param guarded systems that are known to stand behind a firewall of ours, although no flow is left; those of the topology
 * itself always count
 */
export function reachOf(
  mailer: Mailer,
  topology: Topology,
  guarded: ReadonlySet<string> = guardedSystems(topology),
): Reach {
  const { smtp } = mailer;
  if (smtp === undefined || !(guarded.has(mailer.system) || guardedSystems(topology).has(mailer.system))) {
    return { kind: "not-managed" };
  }
  const { host, port } = smtp;
  if (host === undefined || port === undefined) return { kind: "unknown" };
  const flows = topology.flows.filter(({ lets }) => lets === mailer.system);
  const samePort = flows.filter((flow) => flow.port === port || flow.port === undefined);
  const addresses = addressesOf(host, topology);
  const exact = samePort.find((flow) => flow.ip === host || (flow.ip !== undefined && addresses.has(flow.ip)));
  if (exact !== undefined) return { kind: "flow", flow: exact };
  const likely = samePort.find((flow) => flow.ip === undefined || (!isAddress(host) && addresses.size === 0));
  return likely === undefined ? { kind: "closed" } : { kind: "likely", flow: likely };
}

/** The systems that some flow lets out: without a fitting flow, these reach nothing. */
export function guardedSystems({ flows }: Topology): Set<string> {
  return new Set(flows.map(({ lets }) => lets));
}

/** The known addresses of a host: test mails name a host together with the flows declared for it. */
function addressesOf(host: string | null, { tests }: Topology): Set<string> {
  const found = tests.filter(({ smtp }) => smtp.host === host).flatMap(({ flows }) => flows ?? []);
  return new Set(found.map((endpoint) => endpoint.replace(/:\d+$/, "")));
}

function isAddress(host: string | null): boolean {
  return host !== null && (host.includes(":") || /^\d{1,3}(\.\d{1,3}){3}$/.test(host));
}

/** The routes that send through this mailer. */
export function routesThrough(mailer: Mailer, { routes }: Topology): Route[] {
  return routes.filter(({ via }) => via.mailer === mailer.address);
}

/** Whether nothing switches a route off: neither its own switch nor that of its mailer. Unknown counts as on. */
export function isLive(route: Route, topology: Topology): boolean {
  const mailer = mailerAt(route.via.mailer, topology);
  return route.enabled !== false && mailer?.enabled !== false;
}

export function mailerAt(address: string | undefined, { mailers }: Topology): Mailer | undefined {
  return address === undefined ? undefined : mailers.find((one) => one.address === address);
}
