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

/** Declared beside one of another kind, whose id it has. */
interface DeclaredDependent {
  readonly base: string;
  readonly name: string;
  readonly detail: string;
}

/** A handful of changes, each made to what the one before has left. */
export function* randomSequence(random: Random, known: readonly Kind[], dependent: DependentKind): Generator<Change> {
  const changes = new RandomChanges(random, known, dependent);
  const steps = 3 + Math.floor(random() * 4);
  for (let step = 0; step < steps; step += 1) yield changes.next();
}

const NOTHING = "nothing";

class RandomChanges {
  private declared = new Map<string, Declared>();
  private dependents = new Map<string, DeclaredDependent>();
  private addresses = 0;

  constructor(
    private readonly random: Random,
    private readonly known: readonly Kind[],
    private readonly dependent: DependentKind,
  ) {}

  next(): Change {
    const titles: string[] = [];
    for (let edits = 1 + Math.floor(this.random() * 3); edits > 0; edits -= 1) {
      const all = [...this.declared.keys()];
      titles.push(all.length < 2 || this.random() < 0.35 ? this.add() : this.pick(this.edits)(this.pick(all)));
    }
    const bases = () => [...this.declared].filter(([, { kind }]) => kind.type === this.dependent.of);
    if (this.random() < 0.4 && bases().length > 0) titles.push(this.addDependent(this.pick(bases())[0]));
    if (this.random() < 0.3 && this.dependents.size > 0) titles.push(this.renameDependent());
    const config = this.config();
    const replaceable = [...config.keys()].filter((address) => !this.isUsed(address));
    const some = (share: number) => replaceable.filter(() => this.random() < share);
    const flags = this.random();
    return {
      title: titles.filter((title) => title !== NOTHING).join("; ") || "apply again",
      config,
      taint: flags < 0.15 ? some(0.3) : [],
      options: {
        replace: flags > 0.85 ? some(0.4) : [],
        refresh: this.random() > 0.15,
        saved: this.random() < 0.15,
        parallelism: this.random() < 0.3 ? 1 : 10,
      },
    };
  }

  private readonly edits: readonly ((address: string) => string)[] = [
    (address) => this.rename(address),
    (address) => this.rename(address),
    (address) => {
      this.changeAt(address, { detail: this.pick(DETAILS) });
      return `change ${address}`;
    },
    (address) => {
      const done = this.rename(address);
      const to = [...this.declared.keys()].at(-1)!;
      this.changeAt(to, { detail: this.pick(DETAILS) });
      return `${done}, and change ${to}`;
    },
    (address) => this.callOtherwise(address),
    (address) => this.swapNames(address),
    (address) => {
      this.declared.delete(address);
      this.dependents = new Map([...this.dependents].filter(([, { base }]) => base !== address));
      return `remove ${address}`;
    },
    (address) => {
      this.changeAt(address, { createBeforeDestroy: this.random() < 0.5 });
      return `lifecycle of ${address}`;
    },
  ];

  private add(): string {
    const kind = this.pick(this.known);
    const name = this.pick(NAMES);
    if (!kind.twins && !this.isFree(kind, name)) return NOTHING;
    const address = this.newAddress(kind.type);
    const detail = this.pick(DETAILS);
    this.declared.set(address, { kind, name, detail, createBeforeDestroy: this.random() < 0.3 });
    return `add ${address} (${name})`;
  }

  private rename(address: string): string {
    const { kind, name } = this.declared.get(address)!;
    const to = this.newAddress(kind.type);
    this.declared = renamed(this.declared, address, to);
    this.dependents = new Map(
      [...this.dependents].map(([key, value]) => [key, value.base === address ? { ...value, base: to } : value]),
    );
    return `rename ${address} -> ${to} (${name})`;
  }

  private callOtherwise(address: string): string {
    const { kind } = this.declared.get(address)!;
    const name = this.pick(NAMES);
    if (this.isUsed(address)) return NOTHING;
    if (!kind.twins && !this.isFree(kind, name, address)) return NOTHING;
    this.changeAt(address, { name });
    return `call ${address} ${name}`;
  }

  private swapNames(address: string): string {
    const { kind, name } = this.declared.get(address)!;
    const others = [...this.declared].filter(([other, one]) => other !== address && one.kind === kind);
    if (others.length === 0 || kind.single || kind.unique) return NOTHING;
    const [other, one] = this.pick(others);
    if (this.isUsed(address) || this.isUsed(other)) return NOTHING;
    this.changeAt(address, { name: one.name });
    this.changeAt(other, { name });
    return `swap the names of ${address} and ${other}`;
  }

  private addDependent(base: string): string {
    const name = this.pick(NAMES);
    if ([...this.dependents.values()].some((one) => one.name === name)) return NOTHING;
    this.dependents.set(this.newAddress(this.dependent.type), { base, name, detail: this.pick(DETAILS) });
    return `add a dependent of ${base} (${name})`;
  }

  private renameDependent(): string {
    const address = this.pick([...this.dependents.keys()]);
    const to = this.newAddress(this.dependent.type);
    this.dependents = renamed(this.dependents, address, to);
    return `rename ${address} -> ${to}`;
  }

  private config(): Map<string, Block> {
    const config = new Map<string, Block>();
    for (const [address, { kind, name, detail, createBeforeDestroy }] of this.declared) {
      config.set(address, { ...kind.block(name, detail), createBeforeDestroy });
    }
    for (const [address, { base, name, detail }] of this.dependents) {
      config.set(address, this.dependent.block(name, detail, base));
    }
    return config;
  }

  private changeAt(address: string, change: Partial<Declared>): void {
    this.declared.set(address, { ...this.declared.get(address)!, ...change });
  }

  private isFree(kind: Kind, name: string, except?: string): boolean {
    return [...this.declared].every(
      ([address, one]) => address === except || one.kind !== kind || (!kind.single && one.name !== name),
    );
  }

  /** What others use cannot be removed and made again: Terraform removes it before it changes them. */
  private isUsed(address: string): boolean {
    return [...this.dependents.values()].some(({ base }) => base === address);
  }

  private newAddress(kind: string): string {
    return `${kind}.a${++this.addresses}`;
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }
}

/** In the order of the file: a renamed block stays where it is. */
const renamed = <T>(all: ReadonlyMap<string, T>, from: string, to: string): Map<string, T> =>
  new Map([...all].map(([address, one]) => [address === from ? to : address, one]));
