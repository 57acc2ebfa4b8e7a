import { compare } from "../core/finding";
import type { Describe, Link, StepLink, TopologyNode } from "../core/topology";
import { topology as testMail } from "../mail/resource/topology";
import { keyOf, withoutKeys } from "../plan/addresses";
import type { ResourceChange, Values } from "../plan/plan";
import { systems } from "../systems";
import type { System } from "../systems/kit/system";
import type { AlertSource, FollowedLink, Flow, Mailer, Place, Route, EscalationStep, Test, Topology } from "./topology";

/** A resource in a plan (before or after) or in a state. */
export interface DeclaredResource {
  readonly address: string;
  readonly type: string;
  /** The values, with secrets masked and unknown ones absent. */
  readonly values: Values;
  /** The references of each attribute; needed where ids are not known yet. @default none */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

interface DescribedType {
  readonly system: string;
  readonly title: string;
  readonly describe: Describe;
}

/** Builds the topology of resources; types that have no part in it are skipped. */
export function buildTopology(resources: readonly DeclaredResource[], of: readonly System[] = systems): Topology {
  const meanings = describedTypes(of);
  const flows: Flow[] = [];
  const mailers: Mailer[] = [];
  const sources: AlertSource[] = [];
  const routes: Linked<"route">[] = [];
  const escalations: Linked<"escalation">[] = [];
  const members: Linked<"member">[] = [];
  const tests: Test[] = [];
  for (const resource of [...resources].sort((a, b) => compare(a.address, b.address))) {
    const meaning = meanings.get(resource.type);
    if (meaning === undefined) continue;
    const { system, title, describe } = meaning;
    const place: Place = { address: resource.address, system, title };
    for (const node of describe(resource.values)) {
      if (node.kind === "flow") flows.push({ ...node, ...place });
      else if (node.kind === "mailer") mailers.push({ ...node, ...place });
      else if (node.kind === "test") tests.push({ ...node, ...place });
      else if (node.kind === "alert-source") sources.push({ ...node, ...place });
      else if (node.kind === "escalation") escalations.push({ node, place, from: resource });
      else if (node.kind === "member") members.push({ node, place, from: resource });
      else routes.push({ node, place, from: resource });
    }
  }
  const index = new NodeIndex(mailers);
  const sourceIndex = new NodeIndex(sources);
  const stepOf = (
    { step, ...link }: StepLink,
    { place, from }: Pick<Linked<"route">, "place" | "from">,
  ): EscalationStep => {
    const { found, id } = sourceIndex.follow(link, from, place.system);
    return { ...(found === undefined ? {} : { source: found }), id, step };
  };
  const mailerOf = (link: Link, from: DeclaredResource, system: string | undefined): FollowedLink => {
    const { found, id } = index.follow(link, from, system);
    return { ...(found === undefined ? {} : { mailer: found }), id };
  };
  return {
    flows,
    mailers,
    tests,
    sources,
    escalations: escalations.map((one) => ({ ...one.node, ...one.place, of: stepOf(one.node.of, one) })),
    members: members.map((one) => ({ ...one.node, ...one.place, of: stepOf(one.node.of, one) })),
    routes: routes.map(({ node: { via, forwardsTo, of, ...node }, place, from }): Route => {
      const further = forwardsTo && mailerOf(forwardsTo, from, undefined);
      return {
        ...node,
        ...place,
        via: via === undefined ? {} : mailerOf(via, from, place.system),
        ...(of === undefined ? {} : { of: stepOf(of, { place, from }) }),
        ...(further?.mailer === undefined ? {} : { forwardsTo: further }),
      };
    }),
  };
}

/** The topology before a plan is applied. */
export function topologyBefore(resources: readonly ResourceChange[]): Topology {
  return buildTopology(
    resources.flatMap(({ before, ...one }) => (before === null ? [] : [{ ...one, values: before }])),
  );
}

export function topologyAfter(resources: readonly ResourceChange[]): Topology {
  return buildTopology(resources.flatMap(({ after, ...one }) => (after === null ? [] : [{ ...one, values: after }])));
}

function describedTypes(of: readonly System[]): Map<string, DescribedType> {
  const all = new Map<string, DescribedType>();
  for (const { name, title, topology = {} } of of) {
    for (const [type, describe] of Object.entries(topology)) all.set(type, { system: name, title, describe });
  }
  for (const [type, describe] of Object.entries(testMail))
    all.set(type, { system: "mail", title: "Test e-mail", describe });
  return all;
}

/** A node that refers to others. */
interface Linked<Kind extends TopologyNode["kind"]> {
  readonly node: TopologyNode & { kind: Kind };
  readonly place: Place;
  readonly from: DeclaredResource;
}

/** A node that others refer to. */
type Target = Place & { readonly id: string | null | undefined };

/** Finds mailers or alert sources by address and by id, in constant time. */
class NodeIndex {
  private readonly byAddress = new Map<string, Target>();
  private readonly byConfiguration = new Map<string, Target[]>();
  private readonly byId = new Map<string, Target>();

  constructor(targets: readonly Target[]) {
    for (const target of targets) {
      this.byAddress.set(target.address, target);
      const configured = withoutKeys(target.address);
      this.byConfiguration.set(configured, [...(this.byConfiguration.get(configured) ?? []), target]);
      if (typeof target.id === "string") this.byId.set(`${target.system} ${target.id}`, target);
    }
  }

  /** The address of the node that a link means, as far as it can be determined, and the given id. */
  follow(
    { attribute, id }: Link,
    from: DeclaredResource,
    system: string | undefined,
  ): { found?: string; id: string | undefined } {
    const said = typeof id === "string" ? id : undefined;
    // A setting that is both mailer and route is linked to itself.
    const itself = attribute === "id" ? this.byAddress.get(from.address) : undefined;
    const known = said === undefined || system === undefined ? undefined : this.byId.get(`${system} ${said}`);
    const found = itself ?? known ?? (said === undefined ? this.referred(attribute, from) : undefined);
    return { ...(found === undefined ? {} : { found: found.address }), id: said };
  }

  /** Of several instances (`count` or `for_each` on both sides), the one with the same key. */
  private referred(attribute: string, from: DeclaredResource): Target | undefined {
    for (const reference of from.references?.[attribute] ?? []) {
      const candidates = this.byConfiguration.get(reference) ?? [];
      const key = keyOf(from.address);
      const same = candidates.find(({ address }) => address === `${reference}${key}`);
      const one = same ?? (candidates.length === 1 ? candidates[0] : undefined);
      if (one !== undefined) return one;
    }
    return undefined;
  }
}
