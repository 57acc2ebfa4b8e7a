import { compare } from "../core/finding";
import { identityOf } from "../terraform-plugin/schema";
import { keyOf, localName, resourceOf, withoutKeys } from "./addresses";
import type { ResourceChangeJson } from "./contract";
import type { ReferenceMap } from "./references";
import type { Schemas } from "./secrets";
import { arrivesAtItsAddress, isDeclared, leavesItsAddress, replaces, sameMeaning, RenameSide } from "./rename-side";

/**
 * One object that Terraform takes for two: removed at one address, created at another. Found in the plan before secrets
 * are masked: differences are reported by name only.
 */
export interface Rename {
  readonly type: string;
  /** The current address. */
  readonly from: string;
  /** The address at which the same object is declared now. */
  readonly to: string;
  /**
   * What the plan does at both: `moved` deletes and creates, `released` forgets without deleting and creates, `shifted`
   * changes at least one of the two in place because the instances have moved up (`count`).
   */
  readonly how: "moved" | "released" | "shifted";
  /** Attributes in which the two differ; all of them can be changed in place. */
  readonly differs: readonly string[];
  /** Why it is not certain that they are one object; empty when it is certain. */
  readonly doubts: readonly Doubt[];
}

/**
 * An attribute that identifies the object and is unknown before the apply, or the number of providers it may belong to.
 */
export type Doubt = { readonly attribute: string } | { readonly providers: number };

/** Objects at several addresses that each might belong to several new addresses. */
export interface AmbiguousRename {
  readonly type: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export interface Renames {
  readonly renames: readonly Rename[];
  readonly ambiguous: readonly AmbiguousRename[];
}

/** Finds resources that only change their address. Types whose schema does not declare an identity are skipped. */
export function findRenames(
  changes: readonly ResourceChangeJson[],
  schemas: Schemas,
  references: ReferenceMap,
  providersOf: (provider: string) => number,
): Renames {
  const sides = changes.flatMap((change): RenameSide[] => {
    const schema = change.mode === "managed" && change.deposed === undefined ? schemas.get(change.type) : undefined;
    const identity = schema && identityOf(schema);
    return identity === undefined ? [] : [new RenameSide(change, schema!, identity.attributes)];
  });
  const leaving = sides.filter(leavesItsAddress);
  const arriving = sides.filter(arrivesAtItsAddress);
  const found = new Map<RenameSide, Edge>();
  // An attribute that refers to a renamed object becomes known with that object's new address: repeat until nothing is
  // new.
  for (;;) {
    const settled = [...found.values()];
    const edges = possible(leaving, arriving, references, settled);
    const sources = new Set(settled.map(({ from }) => from));
    for (const edge of [...clear(edges), ...preferred(edges)]) {
      if (found.has(edge.to) || sources.has(edge.from)) continue;
      found.set(edge.to, edge);
      sources.add(edge.from);
    }
    if (found.size === settled.length)
      return { renames: settled.map(rename).sort(byAddress), ambiguous: unclear(edges) };
  }

  function rename({ from, to, differs, doubts }: Edge): Rename {
    const providers = providersOf(to.change.provider_name ?? "");
    return {
      type: to.change.type,
      from: from.change.address,
      to: to.change.address,
      how: howOf(from, to),
      differs,
      doubts: [
        ...doubts.map((attribute) => ({ attribute })),
        // For an address that is no longer declared, Terraform does not say which provider managed it.
        ...(providers > 1 ? [{ providers }] : []),
      ],
    };
  }
}

/** Two sides that may be one object. */
interface Edge {
  readonly from: RenameSide;
  readonly to: RenameSide;
  readonly differs: readonly string[];
  /** Identifying attributes that are not known yet. */
  readonly doubts: readonly string[];
}

function possible(
  leaving: readonly RenameSide[],
  arriving: readonly RenameSide[],
  references: ReferenceMap,
  settled: readonly Edge[],
): Edge[] {
  const taken = new Set(settled.flatMap(({ from, to }) => [from, to]));
  const byType = new Map<string, RenameSide[]>();
  for (const side of leaving) {
    if (!taken.has(side)) byType.set(side.change.type, [...(byType.get(side.change.type) ?? []), side]);
  }
  return arriving.flatMap((to) =>
    taken.has(to)
      ? []
      : (byType.get(to.change.type) ?? []).flatMap((from) => edgeBetween(from, to, references, settled) ?? []),
  );
}

function edgeBetween(
  from: RenameSide,
  to: RenameSide,
  references: ReferenceMap,
  settled: readonly Edge[],
): Edge | undefined {
  if (from.change.address === to.change.address) return undefined;
  // Outside of a shifted `count`, an object that becomes another and a new one are two intentions, not a changed order.
  if (howOf(from, to) === "shifted" && resourceOf(from.change.address) !== resourceOf(to.change.address))
    return undefined;
  const doubts: string[] = [];
  for (const name of to.identity) {
    if (!to.isUnknown(name)) {
      if (!from.becomes(name, to)) return undefined;
      continue;
    }
    const known = resolved(to.change.address, name, references, settled);
    if (known === UNRESOLVED) doubts.push(name);
    else if (!sameMeaning(to.schema.attributes[name], from.before?.[name], known)) return undefined;
  }
  // Two objects of which nothing can be compared give no answer.
  if (to.identity.length > 0 && doubts.length === to.identity.length) return undefined;
  const differs: string[] = [];
  for (const [name, attribute] of Object.entries(to.schema.attributes)) {
    if (to.identity.includes(name) || !isDeclared(name, attribute)) continue;
    if (to.isUnknown(name)) {
      if (attribute.replace !== undefined && attribute.replace !== false) doubts.push(name);
    } else if (!from.becomes(name, to)) {
      // Even with `moved`, Terraform would replace it: it is another object.
      if (replaces(attribute, from.before?.[name], to.after?.[name])) return undefined;
      differs.push(name);
    }
  }
  return { from, to, differs, doubts };
}

const UNRESOLVED = Symbol("unresolved");

/** The id that the attribute will have, if it refers to an object whose old address is known. */
function resolved(address: string, attribute: string, references: ReferenceMap, settled: readonly Edge[]): unknown {
  const refersTo = references.of(address)[attribute] ?? [];
  const targets = settled.filter(({ to }) => refersTo.includes(withoutKeys(to.change.address)));
  const sameKey = targets.filter(({ to }) => keyOf(to.change.address) === keyOf(address));
  const one = targets.length === 1 ? targets[0] : sameKey.length === 1 ? sameKey[0] : undefined;
  return one === undefined ? UNRESOLVED : one.from.before?.["id"];
}

/** Edges whose two sides have no other candidate. */
function clear(edges: readonly Edge[]): Edge[] {
  const [sources, targets] = [new Map<RenameSide, number>(), new Map<RenameSide, number>()];
  for (const { from, to } of edges) {
    sources.set(from, (sources.get(from) ?? 0) + 1);
    targets.set(to, (targets.get(to) ?? 0) + 1);
  }
  return edges.filter(({ from, to }) => sources.get(from) === 1 && targets.get(to) === 1);
}

/**
 * Of several candidates, those that agree in everything comparable and, among these, those of the same name, as when a
 * whole module moves.
 */
function preferred(edges: readonly Edge[]): Edge[] {
  const alike = edges.filter(({ differs, doubts }) => differs.length === 0 && doubts.length === 0);
  const named = alike.filter(
    ({ from: { change: from }, to: { change: to } }) =>
      localName(from.address) === localName(to.address) && keyOf(from.address) === keyOf(to.address),
  );
  return [...clear(alike), ...clear(named)];
}

/** The remaining edges, in groups in which each object might be any of the others. */
function unclear(edges: readonly Edge[]): AmbiguousRename[] {
  const groupOf = new Map<RenameSide, Set<Edge>>();
  for (const edge of edges) {
    const groups = [groupOf.get(edge.from), groupOf.get(edge.to)].filter((group) => group !== undefined);
    const [group = new Set<Edge>(), other] = groups;
    if (other !== undefined && other !== group) for (const one of other) group.add(one);
    group.add(edge);
    for (const { from, to } of other === undefined || other === group ? [edge] : group) {
      groupOf.set(from, group);
      groupOf.set(to, group);
    }
  }
  const addresses = (sides: readonly RenameSide[]) =>
    [...new Set(sides.map(({ change }) => change.address))].sort(compare);
  return [...new Set(groupOf.values())]
    .map((group) => [...group])
    .map((group) => ({
      type: group[0]!.to.change.type,
      from: addresses(group.map(({ from }) => from)),
      to: addresses(group.map(({ to }) => to)),
    }))
    .sort((a, b) => compare(a.to[0]!, b.to[0]!));
}

function howOf(from: RenameSide, to: RenameSide): Rename["how"] {
  const [left, arrived] = [from.change.change.actions, to.change.change.actions];
  if (left.length !== 1 || arrived.length !== 1 || left[0] === "update" || arrived[0] === "update") return "shifted";
  return left[0] === "forget" ? "released" : "moved";
}

function byAddress(a: Rename, b: Rename): number {
  return compare(a.to, b.to);
}
