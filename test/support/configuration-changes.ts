import type { ApplyOptions, Block, Configuration } from "./terraform-core";

/** One thing that somebody does to a configuration, and how it is applied. */
export interface Change {
  readonly title: string;
  readonly config: Configuration;
  readonly taint: readonly string[];
  readonly options: ApplyOptions;
}

type Random = () => number;

/** What can be declared: each makes a block from a name out of a small pool, so that names meet. */
export interface Kind {
  readonly type: string;
  readonly block: (name: string, detail: string) => Block;
  /** Whether two addresses may declare the same identity. */
  readonly twins: boolean;
  /** The system refuses a second object of a name, whoever makes it: names cannot be exchanged in one run. */
  readonly unique?: boolean;
  /** Only one identity. */
  readonly single?: boolean;
}

/** What depends on an object of another kind. */
export interface DependentKind {
  readonly type: string;
  readonly of: string;
  readonly block: (name: string, detail: string, on: string) => Block;
}

export const NAMES = ["alpha", "beta", "gamma", "delta"];
const DETAILS = ["one", "two", "three"];

/** What is declared at an address. */
interface Declared {
  readonly kind: Kind;
  readonly name: string;
  readonly detail: string;
  readonly createBeforeDestroy: boolean;
}

/** A handful of changes, each made to what the one before has left. */
export function* randomSequence(random: Random, known: readonly Kind[], dependent: DependentKind): Generator<Change> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let declared = new Map<string, Declared>();
  let dependents = new Map<string, { base: string; name: string; detail: string }>();
  let addresses = 0;
  const newAddress = (kind: string) => `${kind}.a${++addresses}`;

  const free = (kind: Kind, name: string, except?: string) =>
    [...declared].every(
      ([address, one]) => address === except || one.kind !== kind || (!kind.single && one.name !== name),
    );

  /** What others use cannot be removed and made again: Terraform removes it before it changes them. */
  const isUsed = (address: string) => [...dependents.values()].some(({ base }) => base === address);

  const add = (): string => {
    const kind = pick(known);
    const name = pick(NAMES);
    if (!kind.twins && !free(kind, name)) return "nothing";
    const address = newAddress(kind.type);
    declared.set(address, { kind, name, detail: pick(DETAILS), createBeforeDestroy: random() < 0.3 });
    return `add ${address} (${name})`;
  };
  const rename = (address: string): string => {
    const one = declared.get(address)!;
    const to = newAddress(one.kind.type);
    // In the order of the file: a renamed block stays where it is.
    declared = new Map([...declared].map(([key, value]) => (key === address ? [to, value] : [key, value])));
    dependents = new Map(
      [...dependents].map(([key, value]) => [key, value.base === address ? { ...value, base: to } : value]),
    );
    return `rename ${address} -> ${to} (${one.name})`;
  };
  const changeAt = (address: string, change: Partial<Declared>) =>
    declared.set(address, { ...declared.get(address)!, ...change });

  const moves: readonly ((address: string) => string)[] = [
    rename,
    rename,
    (address) => {
      changeAt(address, { detail: pick(DETAILS) });
      return `change ${address}`;
    },
    (address) => {
      const done = rename(address);
      const to = [...declared.keys()].at(-1)!;
      changeAt(to, { detail: pick(DETAILS) });
      return `${done}, and change ${to}`;
    },
    (address) => {
      const { kind } = declared.get(address)!;
      const name = pick(NAMES);
      if (isUsed(address)) return "nothing";
      if (!kind.twins && !free(kind, name, address)) return "nothing";
      changeAt(address, { name });
      return `call ${address} ${name}`;
    },
    (address) => {
      const { kind } = declared.get(address)!;
      const others = [...declared].filter(([other, one]) => other !== address && one.kind === kind);
      if (others.length === 0 || kind.single || kind.unique) return "nothing";
      const [other, one] = pick(others);
      if (isUsed(address) || isUsed(other)) return "nothing";
      const { name } = declared.get(address)!;
      changeAt(address, { name: one.name });
      changeAt(other, { name });
      return `swap the names of ${address} and ${other}`;
    },
    (address) => {
      declared.delete(address);
      dependents = new Map([...dependents].filter(([, { base }]) => base !== address));
      return `remove ${address}`;
    },
    (address) => {
      changeAt(address, { createBeforeDestroy: random() < 0.5 });
      return `lifecycle of ${address}`;
    },
  ];

  const bases = () => [...declared].filter(([, { kind }]) => kind.type === dependent.of);
  const steps = 3 + Math.floor(random() * 4);
  for (let step = 0; step < steps; step += 1) {
    const titles: string[] = [];
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits -= 1) {
      const all = [...declared.keys()];
      titles.push(all.length < 2 || random() < 0.35 ? add() : pick(moves)(pick(all)));
    }
    if (random() < 0.4 && bases().length > 0) {
      const [base] = pick(bases());
      const name = pick(NAMES);
      if ([...dependents.values()].every((one) => one.name !== name)) {
        dependents.set(newAddress(dependent.type), { base, name, detail: pick(DETAILS) });
        titles.push(`add a dependent of ${base} (${name})`);
      }
    }
    if (random() < 0.3 && dependents.size > 0) {
      const address = pick([...dependents.keys()]);
      const to = newAddress(dependent.type);
      dependents = new Map([...dependents].map(([key, value]) => (key === address ? [to, value] : [key, value])));
      titles.push(`rename ${address} -> ${to}`);
    }
    const config = new Map<string, Block>();
    for (const [address, one] of declared) {
      config.set(address, { ...one.kind.block(one.name, one.detail), createBeforeDestroy: one.createBeforeDestroy });
    }
    for (const [address, { base, name, detail }] of dependents)
      config.set(address, dependent.block(name, detail, base));
    const all = [...config.keys()];
    const replaceable = all.filter((address) => !isUsed(address));
    const some = (share: number) => replaceable.filter(() => random() < share);
    const flags = random();
    yield {
      title: titles.filter((title) => title !== "nothing").join("; ") || "apply again",
      config,
      taint: flags < 0.15 ? some(0.3) : [],
      options: {
        replace: flags > 0.85 ? some(0.4) : [],
        refresh: random() > 0.15,
        saved: random() < 0.15,
        parallelism: random() < 0.3 ? 1 : 10,
      },
    };
  }
}
