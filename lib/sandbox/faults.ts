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
  /** Repeats the last true answer to the same GET, as an eventually consistent API does. */
  | { readonly kind: "stale" };

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
  /** Whether an earlier answer is there to be repeated; without one a stale read waits for its chance. */
  readonly remembered: boolean;
}

/** The faults in force, shared by all simulators of a sandbox. */
export class Faults {
  private armed: { fault: Fault; id: number; pattern: RegExp; passed: number; hits: number }[] = [];
  private nextId = 1;

  add(fault: Fault): ArmedFault {
    const entry = { fault, id: this.nextId++, pattern: pathPattern(fault.path), passed: 0, hits: 0 };
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

  /** The effect that hits this request, counted; the first matching fault wins. */
  strike(target: FaultTarget): FaultEffect | undefined {
    for (const entry of this.armed) {
      const { fault } = entry;
      const matches =
        (fault.system === undefined || fault.system === target.system) &&
        ["ANY", target.method].includes(fault.method?.toUpperCase() ?? "ANY") &&
        (fault.effect.kind !== "stale" || (target.method === "GET" && target.remembered)) &&
        entry.pattern.test(target.path);
      if (!matches) continue;
      if (entry.passed < (fault.after ?? 0)) {
        entry.passed++;
        continue;
      }
      const times = fault.times ?? 1;
      if (times !== "always" && entry.hits >= times) continue;
      entry.hits++;
      return fault.effect;
    }
    return undefined;
  }
}

function pathPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]+" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`);
}
