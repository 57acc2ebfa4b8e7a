import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare } from "../core/finding";
import { isLive, mailerAt } from "../topology";
import type { Picture, PictureEdge, PictureNode, PictureStatus } from "./review";
import { destination, protection, server } from "./words";
import type { Side, BeforeAndAfter } from "./before-and-after";

/** With more nodes the picture is unreadable; then only what changes is drawn. */
const MOST_NODES = 60;

interface Drawn {
  readonly nodes: Map<string, Omit<PictureNode, "status" | "id">>;
  /** Whether the way is closed, by `from to`. */
  readonly edges: Map<string, boolean>;
}

/** The way of the alerts before and after, in one picture. */
export function pictureOf(world: BeforeAndAfter): Picture {
  const before = draw(world.before);
  const after = draw(world.after);
  const nodes = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].sort(compare).map((id): PictureNode => {
    const node = (after.nodes.get(id) ?? before.nodes.get(id))!;
    return { id, ...node, status: status(before.nodes.has(id), after.nodes.has(id)) };
  });
  const edges = [...new Set([...before.edges.keys(), ...after.edges.keys()])].sort(compare).map((key): PictureEdge => {
    const [from, to] = JSON.parse(key) as [string, string];
    return { from, to, status: after.edges.get(key) ? "broken" : status(before.edges.has(key), after.edges.has(key)) };
  });
  return limited(nodes, edges);
}

function status(was: boolean, is: boolean): PictureStatus {
  return was && is ? "kept" : is ? "added" : "removed";
}

function limited(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): Picture {
  if (nodes.length <= MOST_NODES) return { nodes: byColumn(nodes), edges, leftOut: 0 };
  const changing = edges.filter(({ status }) => status !== "kept");
  const touched = new Set([
    ...changing.flatMap(({ from, to }) => [from, to]),
    ...nodes.filter((node) => node.status !== "kept").map(({ id }) => id),
  ]);
  const shown = nodes.filter(({ id }) => touched.has(id)).slice(0, MOST_NODES);
  const ids = new Set(shown.map(({ id }) => id));
  return {
    nodes: byColumn(shown),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    leftOut: nodes.length - shown.length,
  };
}

function byColumn(nodes: readonly PictureNode[]): PictureNode[] {
  return [...nodes].sort((a, b) => a.column - b.column || compare(a.label, b.label) || compare(a.id, b.id));
}

function draw(side: Side): Drawn {
  const { topology, told, reach } = side;
  const nodes: Drawn["nodes"] = new Map();
  const edges: Drawn["edges"] = new Map();
  const node = (id: string, column: number, label: string, detail = "") => {
    if (!nodes.has(id)) nodes.set(id, { column, label, detail });
    return id;
  };
  const edge = (from: string, to: string, shut = false) => {
    const key = JSON.stringify([from, to]);
    edges.set(key, edges.get(key) === true || shut);
  };

  for (const flow of topology.flows)
    node(
      `flow ${flow.source ?? flow.address} ${destination(flow)}`,
      2,
      destination(flow),
      flow.source ?? KNOWN_AFTER_APPLY,
    );
  for (const mailer of topology.mailers) {
    const from = node(`mailer ${mailer.address}`, 1, mailer.name ?? mailer.address, mailer.title);
    if (mailer.smtp === undefined) continue;
    const to = node(`server ${server(mailer.smtp)}`, 3, server(mailer.smtp), protection(mailer.smtp));
    const way = reach(mailer);
    if (way.kind === "flow" || way.kind === "likely") {
      const through = `flow ${way.flow.source ?? way.flow.address} ${destination(way.flow)}`;
      edge(from, through, mailer.enabled === false);
      edge(through, to);
    } else edge(from, to, way.kind === "closed" || mailer.enabled === false);
  }
  for (const route of topology.routes) {
    if (!isLive(route, topology)) continue;
    const severities =
      route.severities === undefined ? KNOWN_AFTER_APPLY : (route.severities ?? ["any severity"]).join(", ");
    const from = node(`route ${route.address}`, 0, route.name ?? route.address, `${route.title}: ${severities}`);
    const through = mailerAt(route.via.mailer, topology);
    if (through !== undefined && through.address !== route.address) edge(from, `mailer ${through.address}`);
    const onward = mailerAt(route.forwardsTo?.mailer, topology);
    if (onward !== undefined) edge(from, `mailer ${onward.address}`);
  }
  for (const { receiver, route, onwards, mailer, arrives } of told) {
    const to = node(`receiver ${receiver}`, 4, receiver);
    const last = onwards.at(-1) ?? route;
    const from =
      mailer?.smtp !== undefined && onwards.length === 0
        ? `server ${server(mailer.smtp)}`
        : last.via.mailer !== undefined
          ? `mailer ${last.via.mailer}`
          : `route ${last.address}`;
    edge(from, to, !arrives);
  }
  return { nodes, edges };
}
