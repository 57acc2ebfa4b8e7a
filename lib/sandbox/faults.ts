import type { TableView } from "../systems/kit/simulator/table";
import type { Tables } from "../systems/kit/simulator/tables";

/** The effect of a fault, as data, so that a test, the command line and an HTTP request can describe it alike. */
export type FaultEffect =
  /** Sends this answer, and does not call the simulator. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Answers with a web page and status 200, as a proxy does during maintenance; does nothing. */
  | { readonly kind: "maintenance" }
  /** Answers empty with a status of success; does nothing. */
  | {
      readonly kind: "fake-success";
      /** @default 204 */
      readonly status?: number;
    }
  /** Waits, then continues as usual. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Breaks the connection; the simulator does not receive the request. */
  | { readonly kind: "reset-before" }
  /** Lets the simulator act, then breaks the connection instead of answering: the lost reply. */
  | { readonly kind: "reset-after" }
  /** Lets the simulator act, and breaks the connection in the middle of the answer's body. */
  | { readonly kind: "truncated" }
  /** Lets the simulator act, and sends the second half of the answer's body later. */
  | { readonly kind: "slow-body"; readonly ms: number }
  /** Shows a reader the state before the last writes, as an eventually consistent API does. */
  | {
      readonly kind: "stale";
      /**
       * Whether it waits for the next write, or starts at once with the state before the last one.
       * @default "next-write"
       */
      readonly from?: "next-write" | "last-write";
      /** How many of the last writes the reader does not see; never one that came before `from`. @default "all" */
      readonly writes?: number | "all";
      /** The fault ends this many milliseconds after the last write. @default never */
      readonly ms?: number;
    }
  /** Leaves one object out of a list; reading it by its id still works. */
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
  /** How many requests it affects. @default 1 */
  readonly times?: number | "always";
  /** How many matching requests pass first. @default 0 */
  readonly after?: number;
  readonly effect: FaultEffect;
}

export interface ArmedFault extends Fault {
  readonly id: number;
  /** The number of requests affected so far. */
  readonly hits: number;
}

export interface FaultTarget {
  readonly system: string;
  readonly method: string;
  readonly path: string;
  /** The system's tables; without them, no earlier state of it can be shown. */
  readonly tables?: Pick<Tables, "before" | "written">;
  /** Milliseconds. */
  readonly now: number;
}

/** How a request is handled when a fault matches it. */
export interface AppliedFault {
  readonly effect: FaultEffect;
  /** The earlier state that the simulator shows. */
  readonly view?: TableView;
}

interface Armed {
  readonly fault: Fault;
  readonly id: number;
  readonly pattern: RegExp;
  /** The number of writes to each system when the fault was set. */
  readonly written: ReadonlyMap<string, number>;
  passed: number;
  hits: number;
}

/** The active faults, shared by all simulators of a sandbox. */
export class Faults {
  private armed: Armed[] = [];
  private nextId = 1;

  /** @param written the number of writes that each system has received */
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

  /** Removes one fault, or all of them; false when there is no such fault. */
  clear(id?: number): boolean {
    const before = this.armed.length;
    this.armed = id === undefined ? [] : this.armed.filter((entry) => entry.id !== id);
    return id === undefined || this.armed.length < before;
  }

  /** Counts and returns the fault for this request; the first match wins. Undefined when none matches. */
  strike(target: FaultTarget): AppliedFault | undefined {
    for (const entry of this.armed) {
      const { fault } = entry;
      const matches =
        (fault.system === undefined || fault.system === target.system) &&
        ["ANY", target.method].includes(fault.method?.toUpperCase() ?? "ANY") &&
        entry.pattern.test(target.path);
      const applied = matches ? appliedFault(entry, target) : undefined;
      if (applied === undefined) continue;
      if (entry.passed < (fault.after ?? 0)) {
        entry.passed++;
        continue;
      }
      const times = fault.times ?? 1;
      if (times !== "always" && entry.hits >= times) continue;
      entry.hits++;
      return applied;
    }
    return undefined;
  }
}

/** Undefined where the effect does not apply yet: the fault stays for a later request. */
function appliedFault(
  { fault: { effect }, written }: Armed,
  { system, method, tables, now }: FaultTarget,
): AppliedFault | undefined {
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
