import type { TableView } from "../systems/kit/simulator/table";
import type { Tables } from "../systems/kit/simulator/tables";

/** What goes wrong, as data, so that it can come from a test, the command line or an HTTP call alike. */
export type FaultEffect =
  /** Answers so instead of asking the simulator. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A web page with status 200, as a proxy shows while the system behind it is being worked on; nothing is done. */
  | { readonly kind: "maintenance" }
  /** An empty answer that looks like success, although nothing is done. */
  | {
      readonly kind: "fake-success";
      /** @default 204 */
      readonly status?: number;
    }
  /** Waits, then goes on as usual. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Breaks the connection; the simulator never hears of the request. */
  | { readonly kind: "reset-before" }
  /** Lets the simulator do it, then breaks the connection instead of answering: the lost reply. */
  | { readonly kind: "reset-after" }
  /** Lets the simulator do it and breaks the connection in the middle of the answer's body. */
  | { readonly kind: "truncated" }
  /** Lets the simulator do it and sends the second half of the answer's body later. */
  | { readonly kind: "slow-body"; readonly ms: number }
  /** Shows a reader what was there before the last writes, as an eventually consistent API does. */
  | {
      readonly kind: "stale";
      /**
       * Whether it waits for the next write, or begins at once with the state before the last one.
       * @default "next-write"
       */
      readonly from?: "next-write" | "last-write";
      /** How many of the last writes the reader has not heard of; never one that came before `from`. @default "all" */
      readonly writes?: number | "all";
      /** Over so many milliseconds after the last write. @default never */
      readonly ms?: number;
    }
  /** Leaves one object out of a list; read by itself it is there. */
  | {
      readonly kind: "omit";
      /** The vendor's own id. @default the newest in the list */
      readonly id?: string;
    };

export interface Fault {
  /** The system's name, "ovh". @default every system */
  readonly system?: string;
  /** "DELETE"; "ANY" for every method. @default "ANY" */
  readonly method?: string;
  /** The path without its query: `*` stands for one segment, `**` for any number of them. */
  readonly path: string;
  /** How many requests it hits. @default 1 */
  readonly times?: number | "always";
  /** How many matching requests it lets pass first. @default 0 */
  readonly after?: number;
  readonly effect: FaultEffect;
}

export interface ArmedFault extends Fault {
  readonly id: number;
  /** Requests hit so far. */
  readonly hits: number;
}

export interface FaultTarget {
  readonly system: string;
  readonly method: string;
  readonly path: string;
  /** What the system holds; left out, there is no earlier state of it to show. */
  readonly tables?: Pick<Tables, "before" | "written">;
  /** Milliseconds. */
  readonly now: number;
}

/** What to do with a request. */
export interface Strike {
  readonly effect: FaultEffect;
  /** What the simulator shows instead of the present. */
  readonly view?: TableView;
}

interface Armed {
  readonly fault: Fault;
  readonly id: number;
  readonly pattern: RegExp;
  /** How much had been written when it was armed, by system. */
  readonly written: ReadonlyMap<string, number>;
  passed: number;
  hits: number;
}

/** The faults in force, shared by all simulators of a sandbox. */
export class Faults {
  private armed: Armed[] = [];
  private nextId = 1;

  /** @param written how many writes each system has seen so far */
  constructor(private readonly written: () => ReadonlyMap<string, number> = () => new Map()) {}

  add(fault: Fault): ArmedFault {
    const pattern = pathPattern(fault.path);
    const entry = { fault, id: this.nextId++, pattern, written: this.written(), passed: 0, hits: 0 };
    this.armed.push(entry);
    return { ...fault, id: entry.id, hits: 0 };
  }

  list(): ArmedFault[] {
    return this.armed.map(({ fault, id, hits }) => ({ ...fault, id, hits }));
  }

  /** Takes one fault away, or all of them; false when there is no such fault. */
  clear(id?: number): boolean {
    const before = this.armed.length;
    this.armed = id === undefined ? [] : this.armed.filter((entry) => entry.id !== id);
    return id === undefined || this.armed.length < before;
  }

  /** What hits this request, counted; the first matching fault wins. */
  strike(target: FaultTarget): Strike | undefined {
    for (const entry of this.armed) {
      const { fault } = entry;
      const matches =
        (fault.system === undefined || fault.system === target.system) &&
        ["ANY", target.method].includes(fault.method?.toUpperCase() ?? "ANY") &&
        entry.pattern.test(target.path);
      const strike = matches ? strikeOf(entry, target) : undefined;
      if (strike === undefined) continue;
      if (entry.passed < (fault.after ?? 0)) {
        entry.passed++;
        continue;
      }
      const times = fault.times ?? 1;
      if (times !== "always" && entry.hits >= times) continue;
      entry.hits++;
      return strike;
    }
    return undefined;
  }
}

/** Undefined where the effect has no meaning yet: it waits for its chance. */
function strikeOf(
  { fault: { effect }, written }: Armed,
  { system, method, tables, now }: FaultTarget,
): Strike | undefined {
  if (effect.kind !== "stale" && effect.kind !== "omit") return { effect };
  if (method !== "GET" || tables === undefined) return undefined;
  if (effect.kind === "omit") {
    return { effect, view: { omitted: effect.id === undefined ? "newest" : { key: effect.id } } };
  }
  const writes = effect.writes ?? "all";
  const before = written.get(system) ?? 0;
  const since = effect.from === "last-write" ? Math.max(0, before - 1) : before;
  const notBefore = effect.ms === undefined ? -Infinity : now - effect.ms;
  const position = tables.before({ writes, since, notBefore });
  return position === undefined ? undefined : { effect, view: { position } };
}

function pathPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]+" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`);
}
