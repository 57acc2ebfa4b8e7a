import { compare } from "../core/finding";
import type { Describe, Link, TopologyNode } from "../core/topology";
import { topology as testMail } from "../mail/resource/topology";
import { keyOf, withoutKeys } from "../plan/addresses";
import type { ResourceChange, Values } from "../plan/plan";
import { systems } from "../systems";
import type { System } from "../systems/kit/system";
import type { Connection, Flow, Mailer, Place, Route, Test, Topology } from "./topology";

/** A resource as it stands in a plan (before or after) or in a state. */
export interface Declared {
  readonly address: string;
  readonly type: string;
  /** Secrets masked, unknown values absent. */
  readonly values: Values;
  /** What each attribute refers to; needed where ids are not known yet. @default none */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

interface Meaning {
  readonly system: string;
  readonly title: string;
  readonly describe: Describe;
}

/** How the alerts leave, read from resources; types that say nothing about it are passed over. */
export function buildTopology(resources: readonly Declared[], of: readonly System[] = systems): Topology {
  const meanings = meaningsOf(of);
  const flows: Flow[] = [];
  const mailers: Mailer[] = [];
  const routes: { readonly node: TopologyNode & { kind: "route" }; readonly place: Place; readonly from: Declared }[] =
    [];
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
      else routes.push({ node, place, from: resource });
    }
  }
  const index = new MailerIndex(mailers);
  return {
    flows,
    mailers,
    tests,
    routes: routes.map(({ node: { via, forwardsTo, ...node }, place, from }): Route => {
      const further = forwardsTo && index.follow(forwardsTo, from, undefined);
      return {
        ...node,
        ...place,
        via: via === undefined ? {} : index.follow(via, from, place.system),
        ...(further?.mailer === undefined ? {} : { forwardsTo: further }),
      };
    }),
  };
}

/** What the plan finds, and what it leaves behind. */
export function topologyBefore(resources: readonly ResourceChange[]): Topology {
  return buildTopology(
    resources.flatMap(({ before, ...one }) => (before === null ? [] : [{ ...one, values: before }])),
  );
}

export function topologyAfter(resources: readonly ResourceChange[]): Topology {
  return buildTopology(resources.flatMap(({ after, ...one }) => (after === null ? [] : [{ ...one, values: after }])));
}

function meaningsOf(of: readonly System[]): Map<string, Meaning> {
  const all = new Map<string, Meaning>();
  for (const { name, title, topology = {} } of of) {
    for (const [type, describe] of Object.entries(topology)) all.set(type, { system: name, title, describe });
  }
  for (const [type, describe] of Object.entries(testMail))
    all.set(type, { system: "mail", title: "Test e-mail", describe });
  return all;
}

/** Finds mailers by address and by id, in whatever number they come. */
class MailerIndex {
  private readonly byAddress = new Map<string, Mailer>();
  private readonly byConfiguration = new Map<string, Mailer[]>();
  private readonly byId = new Map<string, Mailer>();

  constructor(mailers: readonly Mailer[]) {
    for (const mailer of mailers) {
      this.byAddress.set(mailer.address, mailer);
      const configured = withoutKeys(mailer.address);
      this.byConfiguration.set(configured, [...(this.byConfiguration.get(configured) ?? []), mailer]);
      if (typeof mailer.id === "string") this.byId.set(`${mailer.system} ${mailer.id}`, mailer);
    }
  }

  follow({ attribute, id }: Link, from: Declared, system: string | undefined): Connection {
    const said = typeof id === "string" ? id : undefined;
    // A setting that is both mailer and route is linked to itself.
    const itself = attribute === "id" ? this.byAddress.get(from.address) : undefined;
    const known = said === undefined || system === undefined ? undefined : this.byId.get(`${system} ${said}`);
    const found = itself ?? known ?? (said === undefined ? this.referred(attribute, from) : undefined);
    return { ...(found === undefined ? {} : { mailer: found.address }), id: said };
  }

  /** With `count` or `for_each` on both sides, the one with the same key. */
  private referred(attribute: string, from: Declared): Mailer | undefined {
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
